// SPDX-License-Identifier: MIT
// :is, :contains and :matches (RFC 5228 section 2.7.1), the comparators of the base language and its address
// parts.
#include "sieve/address_part.h"
#include "sieve/execution.h"
#include "sieve/glob.h"
#include "sieve/match.h"

#include <algorithm>
#include <cstring>

namespace sieve {

namespace {

/// What it costs to fold a value.
std::uint64_t folding(const Comparator& comparator, std::string_view value) {
  return comparator.by_code_point() ? 10 * value.size() : value.size() / 8;
}

class Is final : public MatchType {
public:
  constexpr Is() : MatchType("is") {}
  bool match(Execution& execution, const Match& match, const ValueList& values,
             const std::vector<std::string_view>& keys) const override {
    const Comparator& comparator = *match.comparator;
    for (const auto value : values.items()) {
      const auto hit = [&](std::string_view key) {
        if (comparator.by_code_point()) execution.spend_work(folding(comparator, value));
        return comparator.equal(value, key);
      };
      const auto found = std::find_if(keys.begin(), keys.end(), hit);
      if (found == keys.end()) continue;
      execution.hit(value, *found);
      return true;
    }
    return false;
  }
};

/// The value as the comparator's operations see it: itself, the form that was kept with it, or made in
/// `room`.
std::string_view folded(Execution& execution, const Comparator& comparator, const ValueList& values,
                        std::size_t item, std::string& room) {
  const auto value = values.items()[item];
  if (comparator.is_identity()) return value;
  FoldedForm* const form = values.form(item);
  if (form != nullptr && form->comparator == &comparator) return form->text;
  execution.spend_work(folding(comparator, value));
  if (form == nullptr) return room = comparator.fold(value);
  form->text = comparator.fold(value);
  form->comparator = &comparator;
  return form->text;
}

/// By memmem(3), which is linear in what it searches; std::string::find is not.
class Contains final : public MatchType {
public:
  constexpr Contains() : MatchType("contains") {}
  bool needs_substring() const override { return true; }
  bool match(Execution& execution, const Match& match, const ValueList& values,
             const std::vector<std::string_view>& keys) const override {
    if (values.empty()) return false;
    std::vector<std::string> needles;
    for (const auto key : keys) needles.push_back(match.comparator->fold(key));
    std::string room;
    for (std::size_t item = 0; item < values.items().size(); ++item) {
      const std::string_view hay = folded(execution, *match.comparator, values, item, room);
      const auto hit = [&](const std::string& needle) {
        execution.spend_work(hay.size() / 8); // memmem is that much faster than Glob
        return needle.empty() || memmem(hay.data(), hay.size(), needle.data(), needle.size()) != nullptr;
      };
      const auto found = std::find_if(needles.begin(), needles.end(), hit);
      if (found == needles.end()) continue;
      execution.hit(values.items()[item], keys[static_cast<std::size_t>(found - needles.begin())]);
      return true;
    }
    return false;
  }
};

class Matches final : public MatchType {
public:
  constexpr Matches() : MatchType("matches") {}
  bool needs_substring() const override { return true; }
  bool match(Execution& execution, const Match& match, const ValueList& values,
             const std::vector<std::string_view>& keys) const override {
    std::string room;
    for (std::size_t item = 0; item < values.items().size(); ++item) {
      const auto value = values.items()[item];
      const auto folded_value = folded(execution, *match.comparator, values, item, room);
      const auto hit = [&](std::string_view key) { return pair(execution, match, value, folded_value, key); };
      const auto found = std::find_if(keys.begin(), keys.end(), hit);
      if (found == keys.end()) continue;
      execution.hit(value, *found);
      return true;
    }
    return false;
  }

private:
  static bool pair(Execution& execution, const Match& match, std::string_view value,
                   std::string_view folded_value, std::string_view key) {
    std::vector<std::string> captures;
    std::uint64_t steps = 0;
    if (match.comparator->by_code_point()) execution.spend_work(folding(*match.comparator, value));
    const bool hit =
        Glob(key, *match.comparator)
            .match(value, folded_value, match.captures ? &captures : nullptr, steps, execution.work_left());
    execution.spend_work(steps);
    if (hit && match.captures) {
      captures.resize(std::min(captures.size(), execution.limits().match_values + 1));
      execution.match_values = std::move(captures);
    }
    return hit;
  }
};

constinit const Is is;
constinit const Contains contains;
constinit const Matches matches;

constexpr TagSpec tags[] = {
    {.name = "is", .group = TagGroup::match_type, .match_type = &is},
    {.name = "contains", .group = TagGroup::match_type, .match_type = &contains},
    {.name = "matches", .group = TagGroup::match_type, .match_type = &matches},
    {.name = "comparator", .parameter = Type::string, .group = TagGroup::comparator},
    {.name = "all", .group = TagGroup::address_part, .address_part = &all_part},
    {.name = "localpart", .group = TagGroup::address_part, .address_part = &localpart_part},
    {.name = "domain", .group = TagGroup::address_part, .address_part = &domain_part},
};

} // namespace

const MatchType& is_match() { return is; }

extern const Extension core_matching;
constinit const Extension core_matching = {.name = "", .rfc = "5228", .tags = tags};

} // namespace sieve
