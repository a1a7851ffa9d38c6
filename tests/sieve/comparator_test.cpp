// SPDX-License-Identifier: MIT
// Comparators: RFC 4790 section 9, RFC 5051, and how scripts choose them (RFC 5228 section 2.7.3).
#include "sieve/comparator.h"
#include "sieve/spec.h"
#include "support.h"

#include "support/catch.h"

using namespace sieve::test;

namespace {

const sieve::Comparator& named(const std::string& name) {
  return *sieve::find_extension("comparator-" + name)->comparators.front();
}

char order(const sieve::Comparator& comparator, std::string_view a, std::string_view b) {
  const int result = comparator.compare(a, b);
  CHECK((comparator.compare(b, a) < 0) == (result > 0));
  CHECK(comparator.equal(a, b) == (result == 0));
  return result < 0 ? '<' : result > 0 ? '>' : '=';
}

} // namespace

TEST_CASE("i;octet") {
  const auto& octet = sieve::octet_comparator();
  CHECK(order(octet, "a", "a") == '=');
  CHECK(order(octet, "a", "A") == '>');
  CHECK(order(octet, "a", "ab") == '<');
  CHECK(order(octet, "\xc3", "a") == '>');
  CHECK(order(octet, "", "a") == '<');
}

TEST_CASE("i;ascii-casemap") {
  const auto& casemap = sieve::ascii_casemap_comparator();
  CHECK(order(casemap, "Hello", "hELLO") == '=');
  CHECK(order(casemap, "a", "B") == '<');
  CHECK(order(casemap, "\xc3\xa4", "\xc3\x84") == '>');
  CHECK(order(casemap, "a", "_") == '<'); // upper case: 0x41 < 0x5f
}

TEST_CASE("i;ascii-numeric") {
  const auto& numeric = named("i;ascii-numeric");
  CHECK(order(numeric, "9", "10") == '<');
  CHECK(order(numeric, "007", "7") == '=');
  CHECK(order(numeric, "0", "000") == '=');
  CHECK(order(numeric, "1567pounds", "1567") == '=');
  CHECK(order(numeric, "99999999999999999999999999", "99999999999999999999999998") == '>');
  CHECK(order(numeric, "", "a") == '=');
  CHECK(order(numeric, "-5", "") == '=');
  CHECK(order(numeric, "", "99999999999999999999999999") == '>');
  CHECK(order(numeric, " 1", "1") == '>');
}

TEST_CASE("i;unicode-casemap") {
  if (!holds("", "true") || errors_of("require \"comparator-i;unicode-casemap\";") != "") return;
  const auto& unicode = named("i;unicode-casemap");
  CHECK(order(unicode, "\xc3\xa4", "\xc3\x84") == '=');  // ä, Ä
  CHECK(order(unicode, "a\xcc\x88", "\xc3\x84") == '='); // a with a combining diaeresis
  CHECK(order(unicode, "\xef\xbc\xa1", "a") == '=');     // fullwidth A
  CHECK(order(unicode, "\xce\xa3", "\xcf\x82") == '=');  // sigma and final sigma
  CHECK(order(unicode,
              "stra\xc3\x9f"
              "e",
              "STRA\xc3\x9f"
              "E") == '='); // ß has no title case of its own
  CHECK(order(unicode, "\xff", "\xff") == '=');
  CHECK(order(unicode, "\xff", "a") == '>');
}

TEST_CASE("scripts choose comparators") {
  CHECK(holds("\"comparator-i;ascii-numeric\"", "header :is :comparator \"i;ascii-numeric\" \"x-n\" \"7\"",
              "X-N: 007 apples\n\n"));
  CHECK(errors_of("if header :comparator \"i;ascii-numeric\" \"a\" \"b\" { }") ==
        "1:11: unknown comparator `i;ascii-numeric': require \"comparator-i;ascii-numeric\" is missing\n");
  CHECK(errors_of("if header :comparator \"i;nonsense\" \"a\" \"b\" { }") ==
        "1:11: unknown comparator `i;nonsense'\n");
  CHECK(errors_of("require \"comparator-i;ascii-numeric\";\n"
                  "if header :contains :comparator \"i;ascii-numeric\" \"a\" \"b\" { }") ==
        "2:11: comparator `i;ascii-numeric' cannot be used with :contains\n");
  CHECK(errors_of("require \"comparator-i;ascii-numeric\";\n"
                  "if header :comparator \"i;ascii-numeric\" :matches \"a\" \"b\" { }") ==
        "2:41: comparator `i;ascii-numeric' cannot be used with :matches\n");
  CHECK(errors_of("require [\"comparator-i;octet\", \"comparator-i;ascii-casemap\"];").empty());
}
