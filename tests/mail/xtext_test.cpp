// SPDX-License-Identifier: MIT
#include "mail/xtext.h"

#include "support/catch.h"

TEST_CASE("xtext there and back") {
  std::string octets;
  for (int i = 0; i < 256; ++i) octets += static_cast<char>(static_cast<unsigned char>(i));
  CHECK(mail::decode_xtext(mail::encode_xtext(octets)) == octets);
  CHECK(mail::encode_xtext("a+b=c d") == "a+2Bb+3Dc+20d");
  CHECK(mail::decode_xtext("a+2bb") == "a+b");
  CHECK(mail::decode_xtext("") == "");
}

TEST_CASE("what is no xtext") {
  for (const auto* text : {"+", "a+2", "+2G", "a=b", "a b", "\x7f", "\xc3\xa9", "a\nb"})
    CHECK(!mail::decode_xtext(text));
}

TEST_CASE("the xtext of UTF-8 addresses") {
  CHECK(mail::decode_utf8_xtext("a\\x{E9}b@c") == "a\xc3\xa9"
                                                  "b@c");
  CHECK(mail::decode_utf8_xtext("\xc3\xa9\\x{10FFFF}") == "\xc3\xa9\xf4\x8f\xbf\xbf");
  CHECK(mail::decode_utf8_xtext("a\\x{2B}\\x{5C}") == "a+\\");
  for (const auto* text : {"\\", "\\x", "\\x{", "\\x{}", "\\x{E9", "\\x{D800}", "\\x{110000}", "\\x{0000041}",
                           "\\x{G}", "\xff", "a b", "a=b", "a\nb"}) {
    INFO(text);
    CHECK(!mail::decode_utf8_xtext(text));
  }
}
