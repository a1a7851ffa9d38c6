// SPDX-License-Identifier: MIT
// regex (draft-murchison-sieve-regex-07): expressions as people write them.
#include "support.h"

#include "config.h"
#include "sieve/regex.h"
#include "support/catch.h"

using sieve::Regex;
using namespace sieve::test;

#ifdef HAVE_PCRE2

namespace {

std::string found(const std::string& pattern, std::string_view value, Regex::Options options = {}) {
  std::string error;
  const auto regex = Regex::compile(pattern, options, error);
  if (!regex) return "error";
  std::vector<std::string> groups;
  std::uint64_t steps = 100000;
  switch (regex->match(value, steps, groups)) {
  case Regex::Result::no: return "no";
  case Regex::Result::too_costly: return "too costly";
  case Regex::Result::yes: break;
  }
  std::string text;
  for (const auto& group : groups) text += '<' + group + '>';
  return text;
}

} // namespace

TEST_CASE("regex: POSIX expressions") {
  CHECK(found("b+", "abbc") == "<bb>");
  CHECK(found("^(a|b)*(c)?$", "abab") == "<abab><b><>");
  CHECK(found("[[:digit:]]{2,3}", "a1234") == "<123>");
  CHECK(found("[[:<:]]cat[[:>:]]", "the cat") == "<cat>");
  CHECK(found("[[:<:]]cat[[:>:]]", "concat") == "no");
  CHECK(found("[]a]+", "x]a]") == "<]a]>");
  CHECK(found("[^]a]+", "]bc]") == "<bc>");
  CHECK(found("a.c", "a\nc") == "<a\nc>");
  CHECK(found("c$", "abc\n") == "no");
  CHECK(found("a\\.b", "a.b") == "<a.b>");
}

TEST_CASE("regex: a backslash in brackets") {
  CHECK(found("[\\.]+", "a..b") == "<..>");
  CHECK(found("[\\]]+", "a]]b") == "<]]>");
  CHECK(found("[a\\]+", "b\\a") == "<\\a>");
  CHECK(found("^[[:alpha:]\\]x$", "\\x") == "<\\x>");
}

TEST_CASE("regex: what is none") {
  for (const char* bad : {"[", "(", "*a", "a{3,2}", "[[:frob:]]", "[z-a]", "\\"}) {
    INFO(bad);
    CHECK(found(bad, "x") == "error");
  }
  CHECK(found(std::string(100000, 'a'), "x") == "error");
  CHECK(found("((((a{1,1000}){1,1000}){1,1000}){1,1000})", "x") == "error");
  CHECK(found("a\\Cb", "axb") == "error");
  CHECK(found("(*UTF)a", "a") == "error");
}

TEST_CASE("regex: what POSIX alone allows") {
  CHECK(found("a)", "xa)") == "<a)>");
  CHECK(found("^a**b$", "aab") == "<aab>");
  CHECK(found("^a+*b$", "b") == "<b>");
  CHECK(found("^x{1,2}{3}$", "xxxx") == "<xxxx>");
  CHECK(found("^x{1,2}{3}$", "xx") == "no");
  CHECK(found("^(ab)**[)(]*)$", "abab)()") == "<abab)()><ab>");
  CHECK(found("^(a(b)**)**$", "abbab") == "<abbab><ab><b>");
  CHECK(found("(a))**[z-", "a") == "error");
}

TEST_CASE("regex: octets and code points") {
  CHECK(found("^.$", "\xc3\xa4") == "no");
  CHECK(found("^.$", "\xc3\xa4", {.unicode = true}) == "<\xc3\xa4>");
  CHECK(found("^\xc3\x84$", "\xc3\xa4", {.ignore_case = true}) == "no");
  CHECK(found("^\xc3\x84$", "\xc3\xa4", {.ignore_case = true, .unicode = true}) == "<\xc3\xa4>");
  CHECK(found("b", "\xff b", {.unicode = true}) == "<b>");
}

TEST_CASE("regex: a match that would never end") {
  const std::string many(40, 'a');
  CHECK(found("^(a+)+$", many + "b") == "too costly");
  CHECK(found("^(a|a)*$", many + "b") == "too costly");
  // Little from each place where it may begin, but there are many.
  CHECK(found("a*[bc]", std::string(1000, 'a')) == "too costly");
  CHECK(found("a*+[bc]", std::string(1000, 'a')) == "too costly");
  CHECK(found("[a-z]+[0-9]", std::string(20, 'a')) == "no");
}

TEST_CASE("regex in scripts: a costly match is none, too many end the script") {
  const std::string subject = "Subject: " + std::string(60, 'a') + "b\n\n";
  const std::string test = "if header :regex \"subject\" \"^(a+)+$\" { discard; }";
  CHECK(outcome_of("require \"regex\"; " + test, subject) == "implicit keep");
  std::string script = "require \"regex\";";
  for (int i = 0; i < 80; ++i) script += test;
  CHECK(outcome_of(script, subject).find("implicit keep; error: ") == 0);
}

TEST_CASE("regex in scripts: a bad one that is computed only fails to match") {
  CHECK(outcome_of("require [\"regex\", \"variables\"]; set \"x\" \"[\"; if header :regex \"subject\" "
                   "[\"${x}\", \"^Hel\"]"
                   " { discard; }")
            .find("discard; error: bad regular expression: ") == 0);
}

TEST_CASE("quoted expressions match themselves") {
  const std::string all = ".[]{}()*+?^$|\\";
  CHECK(found(sieve::quote_regex(all), "x" + all + "y") == '<' + all + '>');
}

#endif

TEST_CASE("regex can be required where the library is") {
  CHECK(errors_of("require \"regex\";").empty() == sieve::have_regex());
}
