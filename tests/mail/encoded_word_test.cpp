// SPDX-License-Identifier: MIT
#include "mail/encoded_word.h"
#include "support/catch.h"

using namespace mail;

namespace {

struct Case {
  std::string_view text, decoded;
};

void check(std::initializer_list<Case> cases) {
  for (const auto& [text, decoded] : cases) {
    INFO(text);
    CHECK(decode_encoded_words(text) == decoded);
  }
}

} // namespace

TEST_CASE("RFC 2047 section 8: the examples") {
  check({
      {"=?US-ASCII?Q?Keith_Moore?= <moore@cs.utk.edu>", "Keith Moore <moore@cs.utk.edu>"},
      {"=?ISO-8859-1?Q?Keld_J=F8rn_Simonsen?= <keld@dkuug.dk>", "Keld J\303\270rn Simonsen <keld@dkuug.dk>"},
      {"=?ISO-8859-1?Q?Andr=E9?= Pirard <PIRARD@vm1.ulg.ac.be>",
       "Andr\303\251 Pirard <PIRARD@vm1.ulg.ac.be>"},
      {"=?ISO-8859-1?B?SWYgeW91IGNhbiByZWFkIHRoaXMgeW8=?= "
       "=?ISO-8859-2?B?dSB1bmRlcnN0YW5kIHRoZSBleGFtcGxlLg==?=",
       "If you can read this you understand the example."},
      {"=?ISO-8859-1?Q?Olle_J=E4rnefors?= <ojarnef@admin.kth.se>",
       "Olle J\303\244rnefors <ojarnef@admin.kth.se>"},
      {"=?ISO-8859-1?Q?Patrik_F=E4ltstr=F6m?= <paf@nada.kth.se>",
       "Patrik F\303\244ltstr\303\266m <paf@nada.kth.se>"},
      {"(=?iso-8859-8?b?7eXs+SDv4SDp7Oj08A==?=)",
       "(\327\235\327\225\327\234\327\251 \327\237\327\221 \327\231\327\234\327\230\327\244\327\240)"},
  });
}

TEST_CASE("RFC 2047 section 8: white space between words") {
  check({
      {"(=?ISO-8859-1?Q?a?=)", "(a)"},
      {"(=?ISO-8859-1?Q?a?= b)", "(a b)"},
      {"(=?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?=)", "(ab)"},
      {"(=?ISO-8859-1?Q?a?=  =?ISO-8859-1?Q?b?=)", "(ab)"},
      {"(=?ISO-8859-1?Q?a?=\n    =?ISO-8859-1?Q?b?=)", "(ab)"},
      {"(=?ISO-8859-1?Q?a_b?=)", "(a b)"},
      {"(=?ISO-8859-1?Q?a?= =?ISO-8859-2?Q?_b?=)", "(a b)"},
  });
}

TEST_CASE("a character split between words of one charset") {
  check({
      {"=?utf-8?b?w7bD?= =?UTF-8?b?tg==?=", "\303\266\303\266"},
      {"=?utf-8?q?=E2=82?= =?utf-8?q?=AC?=", "\342\202\254"},
      {"=?utf-8?q?=E2=82?= =?utf-8*de?b?rA==?=", "\342\202\254"},
      {"=?utf-8?q?=E2=82?= x =?utf-8?q?=AC?=", "\357\277\275\357\277\275 x \357\277\275"},
  });
}

TEST_CASE("RFC 2231 section 5: the language suffix") {
  check({{"=?US-ASCII*EN?Q?Keith_Moore?= <moore@cs.utk.edu>", "Keith Moore <moore@cs.utk.edu>"}});
}

TEST_CASE("broken words stay as they are") {
  for (const std::string_view text :
       {"=?utf-8?q?open", "=?utf-8?q?open?", "=?utf-8?x?a?=", "=?utf-8?q", "=?", "=?\?=", "=?=?=?=",
        "=?utf-8?b?a b?=", "=?utf-8?b?a*b?=", "=?unknown-8bit?q?=F6?=", "=?x-unknown?b?YQ==?=",
        "=?utf-8//TRANSLIT?q?a?=", "=?../../tmp/x?q?a?=", "=?\1?q?a?=", "a ?= b", "plain \377"}) {
    INFO(text);
    CHECK(decode_encoded_words(text) == text);
  }
  check({{"=?utf-8?q?open =?utf-8?q?ok?=", "=?utf-8?q?open ok"},
         {"=?x-unknown?q?a?= =?utf-8?q?b?=", "=?x-unknown?q?a?= b"},
         {"=?utf-8?q?b?= =?x-unknown?q?a?=", "b =?x-unknown?q?a?="}});
}

TEST_CASE("encoded words as mailers wrongly write them") {
  check({{"a=?utf-8?q?b?=c", "abc"},
         {"=?utf-8?q?with blank?=", "with blank"},
         {"=?utf-8?Q?half=4?=", "half=4"},
         {"=?utf-8?Q?no=ZZhex=?=", "no=ZZhex="},
         {"=?utf-8?b?YQ?=", "a"},
         {"=?utf-8?q?\?= x", " x"},
         {"=?gb2312?B?1tDOxA==?=", "\344\270\255\346\226\207"},
         {"=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=", "\346\227\245\346\234\254"},
         {"=?windows-1252?q?=80?=", "\342\202\254"},
         {"=?iso-8859-1?q?=93x=94?=", "\342\200\234x\342\200\235"}});
}
