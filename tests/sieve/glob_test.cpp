// SPDX-License-Identifier: MIT
// :matches (RFC 5228 section 2.7.1): what wildcards take, and what that costs.
#include "config.h"
#include "sieve/glob.h"
#include "sieve/spec.h"

#include "support/catch.h"

namespace {

using sieve::Comparator;

/// What each wildcard took, "|" between; "no" if it does not match.
std::string taken(std::string_view value, std::string_view pattern,
                  const Comparator& comparator = sieve::ascii_casemap_comparator()) {
  std::vector<std::string> captures;
  std::uint64_t steps = 0;
  if (!sieve::Glob(pattern, comparator).match(value, &captures, steps)) return "no";
  CHECK(captures.at(0) == value);
  std::string text;
  for (std::size_t i = 1; i < captures.size(); ++i) text += (i > 1 ? "|" : "") + captures[i];
  return text;
}

std::uint64_t steps_of(const std::string& value, const std::string& pattern) {
  std::uint64_t steps = 0;
  sieve::Glob(pattern, sieve::octet_comparator()).match(value, nullptr, steps);
  return steps;
}

const Comparator& unicode_casemap() {
  return *sieve::find_extension("comparator-i;unicode-casemap")->comparators.front();
}

} // namespace

TEST_CASE("a star takes as little as possible, from left to right") {
  CHECK(taken("[acme] [fwd] x", "[*] *") == "acme|[fwd] x");
  CHECK(taken("aXbXc", "*X*") == "a|bXc");
  CHECK(taken("a.b.c", "*.*.*") == "a|b|c");
  CHECK(taken("abc", "*") == "abc");
  CHECK(taken("", "*") == "");
  CHECK(taken("abc", "**") == "|abc");
  CHECK(taken("abab", "*ab") == "ab");
  CHECK(taken("ab", "a*b*") == "|");
  CHECK(taken("", "") == "");
  CHECK(taken("a", "") == "no");
}

TEST_CASE("characters behind a star are looked for as one") {
  CHECK(taken("aab1aab2", "*aab?") == "aab1|2");
  CHECK(taken("aaab", "*aab*") == "a|");
  CHECK(taken("xababac", "*abac") == "xab");
  CHECK(taken("abcabd", "*abc*abd") == "|");
  CHECK(taken("abab", "*ab*ab*ab") == "no");
  CHECK(taken("abcX", "*bc") == "no");
  CHECK(taken("x*y", "*\\**") == "x|y");
  CHECK(taken("abc", "*?*") == "|a|bc");
  CHECK(taken("", "*a") == "no");
  // U+02BC, as which U+0149 begins, stands in the second character here
  CHECK(taken("n\xc5\x89n", "*n", unicode_casemap()) == "n\xc5\x89");
  CHECK(taken("\xc5\x89n", "*\xca\xbcn*", unicode_casemap()) == "no");
  CHECK(steps_of(std::string(8000, 'a') + "needle" + std::string(8000, 'a'), "*needle*") < 2000);
}

TEST_CASE("a question mark takes exactly one") {
  CHECK(taken("abc", "?b?") == "a|c");
  CHECK(taken("", "?") == "no");
  CHECK(taken("X", "*?X") == "no");
  CHECK(taken("aX", "*?X") == "|a");
  CHECK(taken("abX", "*?X") == "a|b");
  CHECK(taken("ab@x", "*??@x") == "|a|b");
  CHECK(taken("b@x", "*??@x") == "no");
  CHECK(taken("aab", "*a?") == "a|b");
  CHECK(taken("abcd", "?*?") == "a|bc|d");
}

TEST_CASE("a backslash makes wildcards plain") {
  CHECK(taken("a*b", "a\\*b") == "");
  CHECK(taken("axb", "a\\*b") == "no");
  CHECK(taken("a?b", "a\\?b") == "");
  CHECK(taken("a\\b", "a\\\\b") == "");
  CHECK(taken("a\\", "a\\") == "");
  CHECK(taken("ab", "a\\b") == "");
}

TEST_CASE("characters are those of the comparator") {
  CHECK(taken("ABC", "a*c") == "B");
  CHECK(taken("ABC", "a*c", sieve::octet_comparator()) == "no");
  CHECK(taken("\xc3\xbc", "?") == "no");
  CHECK(taken("\xc3\xbc", "??") == "\xc3|\xbc");
  CHECK(taken("\xc3\xbc", "?", sieve::octet_comparator()) == "no");
  if (sieve::find_extension("comparator-i;unicode-casemap") == nullptr) return;
  CHECK(taken("\xc3\xbc", "?", unicode_casemap()) == "\xc3\xbc");
#ifdef HAVE_UTF8PROC
  CHECK(taken("x\xc3\x9c*", "*\xc3\xbc?", unicode_casemap()) == "x|*");
#endif
  CHECK(taken("\xff\xfe", "??", unicode_casemap()) == "\xff|\xfe");
}

TEST_CASE("a folding that changes lengths does not shift what is taken") {
  // U+0149 folds to two characters
  CHECK(taken("\xc5\x89-abc", "*-*", unicode_casemap()) == "\xc5\x89|abc");
}

TEST_CASE("no pattern is exponential") {
  const std::string value(10000, 'a');
  CHECK(steps_of(value, "a*a*a*a*b") < 100'000);
  CHECK(steps_of(value, "*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b") < 100'000);
  CHECK(steps_of(value, "*?*?*?*?*?*?*?*?*?*?*?*?b") < 1'000'000);
  CHECK(steps_of(value, "*" + std::string(100, 'a') + "b") < 2'000'000);
}

TEST_CASE("a limit ends the search") {
  std::uint64_t steps = 0;
  const sieve::Glob glob("*" + std::string(100, 'a') + "b", sieve::octet_comparator());
  CHECK_FALSE(glob.match(std::string(100'000, 'a') + 'b', nullptr, steps, 1000));
  CHECK(steps > 1000);
}
