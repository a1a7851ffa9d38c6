// SPDX-License-Identifier: MIT
// relational (RFC 5231): complete. :value and :count.
#include "base/ascii.h"
#include "sieve/compiler.h"
#include "sieve/match.h"

#include <algorithm>

namespace sieve {

namespace {

constexpr std::string_view relations[] = {"gt", "ge", "lt", "le", "eq", "ne"};

bool is_relation(std::string_view text) {
  return std::any_of(std::begin(relations), std::end(relations),
                     [&](std::string_view relation) { return base::equal_ignoring_case(relation, text); });
}

bool holds(const std::string& relation, const Comparator& comparator, std::string_view value,
           std::string_view key) {
  if (relation == "eq") return comparator.equal(value, key);
  if (relation == "ne") return !comparator.equal(value, key);
  const int order = comparator.compare(value, key);
  if (relation == "gt") return order > 0;
  if (relation == "ge") return order >= 0;
  if (relation == "lt") return order < 0;
  return order <= 0;
}

class Relational : public MatchType {
public:
  using MatchType::MatchType;

  void check(Compiler& compiler, Match& match, Position position, const TextList&) const override {
    const Text& relation = match.tag.string();
    if (relation.constant() && is_relation(relation.literal())) return;
    compiler.error(position,
                   ":" + std::string(name) + " wants one of \"gt\", \"ge\", \"lt\", \"le\", \"eq\", \"ne\"");
  }

protected:
  ~Relational() = default;
  static bool any(const Match& match, std::string_view value, const std::vector<std::string_view>& keys) {
    const std::string relation = base::lower(match.tag.string().literal());
    return std::any_of(keys.begin(), keys.end(),
                       [&](std::string_view key) { return holds(relation, *match.comparator, value, key); });
  }
};

class ValueMatch final : public Relational {
public:
  constexpr ValueMatch() : Relational("value") {}
  bool match(Execution&, const Match& match, const ValueList& values,
             const std::vector<std::string_view>& keys) const override {
    return std::any_of(values.items().begin(), values.items().end(),
                       [&](std::string_view value) { return any(match, value, keys); });
  }
};

/// The number of values as a decimal string, compared once.
class CountMatch final : public Relational {
public:
  constexpr CountMatch() : Relational("count") {}
  bool match(Execution&, const Match& match, const ValueList& values,
             const std::vector<std::string_view>& keys) const override {
    return any(match, std::to_string(values.count()), keys);
  }
};

constinit const ValueMatch value_match;
constinit const CountMatch count_match;

constexpr TagSpec tags[] = {
    {.name = "value", .parameter = Type::string, .group = TagGroup::match_type, .match_type = &value_match},
    {.name = "count", .parameter = Type::string, .group = TagGroup::match_type, .match_type = &count_match}};

} // namespace

extern const Extension relational_extension;
constinit const Extension relational_extension = {.name = "relational", .rfc = "5231", .tags = tags};

} // namespace sieve
