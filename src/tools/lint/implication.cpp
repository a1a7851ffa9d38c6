// SPDX-License-Identifier: MIT
#include "tools/lint/implication.h"

#include "base/ascii.h"

#include <algorithm>

namespace tools {

namespace {

using Literals = std::vector<sieve::StringLiteral>;

/// Tests without side effects that ask what does not change between two branches.
bool is_steady(const View& test) {
  static constexpr std::string_view steady[] = {"header",   "address",   "envelope",   "exists",
                                                "size",     "body",      "true",       "false",
                                                "spamtest", "virustest", "environment"};
  return test.known && std::find(std::begin(steady), std::end(steady), test.form.name) != std::end(steady);
}

bool all_constant(const Lint& lint, const sieve::Construct& construct) {
  bool constant = true;
  each_string(construct,
              [&](const sieve::StringLiteral& literal) { constant = constant && lint.constant(literal); });
  return constant;
}

bool same_text(std::string_view a, std::string_view b, bool case_matters) {
  return case_matters ? a == b : base::equal_ignoring_case(a, b);
}

bool contains_all(const Literals& whole, const Literals& part, bool case_matters) {
  return std::all_of(part.begin(), part.end(), [&](const sieve::StringLiteral& wanted) {
    return std::any_of(whole.begin(), whole.end(), [&](const sieve::StringLiteral& one) {
      return same_text(one.text, wanted.text, case_matters);
    });
  });
}

bool same_argument(const sieve::Argument* a, const sieve::Argument* b) {
  if (a == nullptr || b == nullptr) return a == b;
  return a->kind == b->kind && a->number == b->number && contains_all(a->strings, b->strings, true) &&
         contains_all(b->strings, a->strings, true);
}

/// The same tags with the same parameters, but for the match type where `but_match_type`.
bool same_tags(const View& a, const View& b, bool but_match_type) {
  const auto left_out = [&](const TagView& tag) {
    return tag.spec->group == sieve::TagGroup::comparator ||
           (but_match_type && tag.spec->group == sieve::TagGroup::match_type);
  };
  const auto covered = [&](const View& one, const View& other) {
    return std::all_of(one.tags.begin(), one.tags.end(), [&](const TagView& tag) {
      const TagView* same = other.tag(tag.spec->name);
      return left_out(tag) || (same != nullptr && same_argument(tag.parameter, same->parameter));
    });
  };
  return covered(a, b) && covered(b, a) && base::equal_ignoring_case(a.comparator(), b.comparator());
}

bool same_test(const View& a, const View& b) {
  if (!same_tags(a, b, true) || a.match_type() != b.match_type()) return false;
  const auto* type_a = a.tag(sieve::TagGroup::match_type);
  const auto* type_b = b.tag(sieve::TagGroup::match_type);
  if (!same_argument(type_a ? type_a->parameter : nullptr, type_b ? type_b->parameter : nullptr))
    return false;
  return std::equal(a.positionals.begin(), a.positionals.end(), b.positionals.begin(), b.positionals.end(),
                    same_argument);
}

bool plain_match(std::string_view type) { return type == "is" || type == "contains"; }

/// Does a value that fits `narrow` fit `wide` too?
bool key_implies(const View& later, std::string_view narrow, const View& earlier, std::string_view wide) {
  const bool octets = later.comparator() == "i;octet";
  if (earlier.match_type() == "is") return later.match_type() == "is" && same_text(narrow, wide, octets);
  const std::string a = octets ? std::string(narrow) : base::lower(narrow);
  const std::string b = octets ? std::string(wide) : base::lower(wide);
  return a.find(b) != std::string::npos;
}

/// Tests of fields with :is or :contains, by their keys.
bool keys_imply(const View& later, const View& earlier) {
  if (later.positionals.size() != 2 || !plain_match(later.match_type()) || !plain_match(earlier.match_type()))
    return false;
  if (later.comparator() != "i;octet" && later.comparator() != "i;ascii-casemap") return false;
  if (!same_tags(later, earlier, true) || later.tag("index") != nullptr) return false;
  if (!contains_all(earlier.strings(0), later.strings(0), false)) return false;
  const auto& keys = later.strings(1);
  return std::all_of(keys.begin(), keys.end(), [&](const sieve::StringLiteral& narrow) {
    const auto& wide = earlier.strings(1);
    return std::any_of(wide.begin(), wide.end(), [&](const sieve::StringLiteral& key) {
      return key_implies(later, narrow.text, earlier, key.text);
    });
  });
}

bool sizes_imply(const View& later, const View& earlier) {
  if (!later.is("size") || later.positionals[0] == nullptr || earlier.positionals[0] == nullptr) return false;
  const auto a = later.positionals[0]->number;
  const auto b = earlier.positionals[0]->number;
  if (later.tag("over") != nullptr && earlier.tag("over") != nullptr) return a >= b;
  return later.tag("under") != nullptr && earlier.tag("under") != nullptr && a <= b;
}

bool leaf_implies(const Lint& lint, const sieve::Construct& later, const sieve::Construct& earlier) {
  const View a = view(later, Kind::test);
  const View b = view(earlier, Kind::test);
  if (!is_steady(a) || !is_steady(b) || a.form.name != b.form.name) return false;
  if (!all_constant(lint, later) || !all_constant(lint, earlier)) return false;
  const bool keyed = a.is("header") || a.is("address") || a.is("envelope");
  return same_test(a, b) || sizes_imply(a, b) || (keyed && keys_imply(a, b));
}

} // namespace

bool implies(const Lint& lint, const sieve::Construct& later, const sieve::Construct& earlier) {
  const auto is = [](const sieve::Construct& test, std::string_view name) {
    return base::equal_ignoring_case(test.name, name) && !test.tests.empty();
  };
  const auto any = [](const auto& tests, const auto& good) {
    return std::any_of(tests.begin(), tests.end(), good);
  };
  const auto all = [](const auto& tests, const auto& good) {
    return std::all_of(tests.begin(), tests.end(), good);
  };
  const auto to_earlier = [&](const auto& part) { return implies(lint, part, earlier); };
  const auto from_later = [&](const auto& part) { return implies(lint, later, part); };
  if (is(later, "anyof")) return all(later.tests, to_earlier);
  if (is(earlier, "allof")) return all(earlier.tests, from_later);
  if (is(later, "allof") && any(later.tests, to_earlier)) return true;
  if (is(earlier, "anyof") && any(earlier.tests, from_later)) return true;
  if (is(later, "not") && is(earlier, "not"))
    return implies(lint, earlier.tests.front(), later.tests.front());
  return leaf_implies(lint, later, earlier);
}

} // namespace tools
