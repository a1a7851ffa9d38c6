// SPDX-License-Identifier: MIT
// encoded-character (RFC 5228 section 2.4.2.4).
#include "support.h"

#include "support/catch.h"

using namespace sieve::test;

namespace {

std::string decoded(const std::string& text) {
  const std::string outcome =
      outcome_of("require [\"encoded-character\", \"fileinto\"]; fileinto \"<" + text + ">\";");
  const std::string before = "fileinto <";
  if (outcome.compare(0, before.size(), before) != 0) return outcome;
  return outcome.substr(before.size(), outcome.size() - before.size() - 1);
}

} // namespace

TEST_CASE("hex: octets") {
  CHECK(decoded("$${hex:24 24}") == "$$$");
  CHECK(decoded("${hex:40}${HEX: 41\t42\r\n 9}") == "@AB\t");
  CHECK(decoded("caf${hex:c3 A9}") == "caf\xc3\xa9");
}

TEST_CASE("unicode: code points") {
  CHECK(decoded("${unicode:40}") == "@");
  CHECK(decoded("${unicode:e9 20ac}${Unicode: 0001F600 }") == "\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80");
}

TEST_CASE("what is not well formed stays") {
  for (const char* text : {"${hex:}", "${hex:40", "hex:40}", "${hex:400}", "${hex:4G}", "${hex 40}",
                           "${ hex:40}", "${unicode:}", "${unicode:zz}", "${unicode:40", "${}", "${"}) {
    CHECK(decoded(text) == text);
  }
  CHECK(decoded("${hex:4}0") == "\x04"
                                "0"); // one digit is enough
  CHECK(decoded("$${unicode:40}") == "$@");
  CHECK(decoded("${hex:40${hex:41}") == "${hex:40A");
  CHECK(decoded("${hex:24}{hex:40}") == "${hex:40}");
}

TEST_CASE("code points that cannot be are errors") {
  const std::string error = "1:39: ${unicode:...} names a code point that does not exist\n";
  const std::string before = "require \"encoded-character\"; redirect \"a${unicode:";
  CHECK(errors_of(before + "d800}@example.org\";").find(error) == 0);
  CHECK(errors_of(before + "DFFF}@example.org\";").find(error) == 0);
  CHECK(errors_of(before + "110000}@example.org\";").find(error) == 0);
  CHECK(errors_of(before + "123456789abcdef0}@example.org\";").find(error) == 0);
  CHECK(errors_of("require \"encoded-character\"; if header \"a\" \"${unicode:d7ff e000 10ffff}\" { }")
            .empty());
}

TEST_CASE("a long row of openings costs no more than its length") {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "${hex:";
  CHECK(errors_of("require \"encoded-character\"; if header \"a\" \"" + text + "\" { }").empty());
  CHECK(errors_of("require \"variables\"; if header \"a\" \"" + text + "}\" { }").empty());
}
