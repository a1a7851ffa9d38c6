// SPDX-License-Identifier: MIT
// regex (draft-murchison-sieve-regex-07, and :quoteregex of draft-ietf-sieve-regex-01): the match type :regex
// with POSIX extended regular expressions and, beyond them, what PCRE2 has. ${0} is what the expression
// matched,
// ${1} and so on its groups. Of alternatives the first that fits is taken, not the longest. A match that
// costs too much is none, and is logged. Octets under i;octet and i;ascii-casemap, code points under
// i;unicode-casemap. Absent where PCRE2 is.
#include "sieve/regex.h"
#include "base/utf8.h"
#include "sieve/compiler.h"
#include "sieve/execution.h"
#include "sieve/match.h"

#include <algorithm>
#include <map>

namespace sieve {

namespace {

/// Constant keys, compiled.
using Patterns = std::map<std::string_view, Regex>;

Regex::Options options_of(const Comparator& comparator) {
  return {.ignore_case = !comparator.is_identity(), .unicode = comparator.by_code_point()};
}

class RegexMatch final : public MatchType {
public:
  constexpr RegexMatch() : MatchType("regex") {}
  bool needs_substring() const override { return true; }

  void check(Compiler& compiler, Match& match, Position, const TextList& keys) const override {
    auto patterns = std::make_shared<Patterns>();
    for (const Text& key : keys) {
      if (!key.constant()) continue;
      std::string error;
      auto regex = Regex::compile(std::string(key.literal()), options_of(*match.comparator), error);
      if (regex) {
        patterns->emplace(key.literal(), std::move(*regex));
      } else {
        compiler.error(key.position, "bad regular expression: " + error);
      }
    }
    match.prepared = std::move(patterns);
  }

  bool match(Execution& execution, const Match& match, const ValueList& values,
             const std::vector<std::string_view>& keys) const override {
    const auto regexes = regexes_of(execution, match, keys);
    for (const auto value : values.items()) {
      const auto hit = [&](const Regex& regex) { return matches(execution, match, value, regex); };
      const auto found = std::find_if(regexes.begin(), regexes.end(), hit);
      if (found == regexes.end()) continue;
      const auto at = static_cast<std::size_t>(found - regexes.begin());
      execution.hit(value, regexes.size() == keys.size() ? keys[at] : std::string_view());
      return true;
    }
    return false;
  }

private:
  /// A key that is none of the constant ones is compiled now; a bad one matches nothing.
  static std::vector<Regex> regexes_of(Execution& execution, const Match& match,
                                       const std::vector<std::string_view>& keys) {
    const auto& prepared = *std::static_pointer_cast<const Patterns>(match.prepared);
    std::vector<Regex> regexes;
    for (const std::string_view key : keys) {
      if (const auto known = prepared.find(key); known != prepared.end()) {
        regexes.push_back(known->second);
        continue;
      }
      std::string error;
      auto regex = Regex::compile(std::string(key), options_of(*match.comparator), error);
      if (regex) {
        regexes.push_back(std::move(*regex));
      } else {
        execution.report(Severity::error, match.tag.position, "bad regular expression: " + error);
      }
    }
    return regexes;
  }

  static Regex::Result match_counted(Execution& execution, std::string_view value, const Regex& regex,
                                     std::vector<std::string>& groups) {
    constexpr std::uint64_t price = 2, per_octet = 8;
    const std::uint64_t most = execution.limits().regex_steps + per_octet * value.size();
    std::uint64_t left = most;
    const auto result = regex.match(value, left, groups);
    execution.spend_work(16 + price * (most - left));
    return result;
  }

  static bool matches(Execution& execution, const Match& match, std::string_view value, const Regex& regex) {
    std::vector<std::string> groups;
    switch (match_counted(execution, value, regex, groups)) {
    case Regex::Result::no: return false;
    case Regex::Result::too_costly:
      execution.warn(match.tag.position, "the regular expression takes too many steps: no match");
      return false;
    case Regex::Result::yes: break;
    }
    if (match.captures) {
      groups.resize(std::min(groups.size(), execution.limits().match_values + 1));
      execution.match_values = std::move(groups);
    }
    return true;
  }
};

constinit const RegexMatch regex_match;

/// The result is cut where no escape is split.
std::string quoted(const std::string& value, std::size_t limit) {
  std::string result;
  std::string_view rest = value;
  while (!rest.empty()) {
    const std::string piece = quote_regex(rest.substr(0, base::next_code_point(rest).length));
    if (result.size() + piece.size() > limit) break;
    result += piece;
    rest.remove_prefix(base::next_code_point(rest).length);
  }
  return result;
}

constexpr TagSpec tags[] = {
    {.name = "regex", .group = TagGroup::match_type, .match_type = &regex_match},
    {.name = "quoteregex", .commands = "set", .precedence = 20, .modify = quoted},
};

} // namespace

extern const Extension regex_extension;
constinit const Extension regex_extension = {
    .name = "regex",
    .rfc = "draft-murchison-sieve-regex-07",
    .state = "complete; of alternatives the first that fits is taken, not the longest",
    .tags = tags,
    .available = [](const Compiler&) { return have_regex(); }};

} // namespace sieve
