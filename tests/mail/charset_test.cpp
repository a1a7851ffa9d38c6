// SPDX-License-Identifier: MIT
#include "mail/charset.h"
#include "mail/octet_charsets.h"
#include "support/catch.h"

using namespace mail;
using namespace std::string_view_literals;

TEST_CASE("charsets") {
  CHECK(to_utf8("gr\374n", "latin1") == "gr\303\274n");
  CHECK(to_utf8("\244", "ISO_8859-15") == "\342\202\254");
  CHECK(to_utf8("\342\202", "utf8") == "\357\277\275\357\277\275");
  CHECK(to_utf8("gr\303\274n", "us-ascii") == "gr\303\274n");
  CHECK(to_utf8("a\377b", "gb2312") == "a\357\277\275b");
  CHECK_FALSE(to_utf8("x", "unknown-8bit"));
  CHECK_FALSE(to_utf8("x", ""));
  CHECK_FALSE(to_utf8("x", std::string(1000, 'a')));
  CHECK(from_utf8("gr\303\274n \342\202\254 \346\227\245", "iso-8859-1") == "gr\374n \200 ?");
  CHECK(from_utf8("\342\202\254\346\227\245", "iso-8859-15") == "\244?");
  CHECK(from_utf8("gr\303\274n", "us-ascii") == "gr?n");
  CHECK_FALSE(from_utf8("x", "x-unknown"));
  CHECK(is_known_charset("KOI8-R"));
  CHECK_FALSE(is_known_charset("UTF-8//IGNORE"));
}

TEST_CASE("charsets: a long text crosses the converter's buffer") {
  std::string text, expected;
  for (int i = 0; i < 5000; ++i) {
    text += "\326\320x";
    expected += "\344\270\255x";
  }
  CHECK(to_utf8(text, "gbk") == expected);
#ifdef __GLIBC__ // musl only reads it
  CHECK(from_utf8(expected, "gbk") == text);
#endif
}

TEST_CASE("charsets of East Asia") {
  CHECK(to_utf8("\223\372\226\173", "shift_jis") == "日本");
  CHECK(to_utf8("\306\374\313\334", "euc-jp") == "日本");
  for (const auto* charset : {"iso-2022-jp", "iso-2022-jp-2"})
    CHECK(to_utf8("\033$BF|K\\\033(B", charset) == "日本");
  CHECK(to_utf8("\307\321\261\271", "euc-kr") == "한국");
  CHECK(to_utf8("\244\244\244\345", "big5") == "中文");
  for (const auto* charset : {"shift_jis", "euc-jp", "iso-2022-jp"}) {
    INFO(charset);
    const auto octets = from_utf8("日本 a", charset);
    CHECK((octets && to_utf8(*octets, charset) == "日本 a"));
  }
}

#ifdef __GLIBC__
TEST_CASE("charsets: what musl lacks, or writes in more octets") {
  CHECK(to_utf8("+AOk-", "utf-7") == "\303\251");
  CHECK(from_utf8("日本", "iso-2022-jp") == "\033$BF|K\\\033(B");
}
#endif

TEST_CASE("charsets of one octet") {
  struct Case {
    std::string_view charset, octets, text;
  };
  const auto [charset, octets, text] = GENERATE(values<Case>({
      {"iso-8859-1", "\374 \200", "ü €"},
      {"iso-8859-2", "\256lu\273ou\350k\375", "Žluťoučký"},
      {"iso-8859-5", "\277\340\330\322\325\342", "Привет"},
      {"iso-8859-7", "\305\353\353\334\344\341", "Ελλάδα"},
      {"iso-8859-8-i", "\371\354\345\355", "שלום"},
      {"iso-8859-9", "\335\376\360", "İşğ"},
      {"iso-8859-15", "50 \244", "50 €"},
      {"iso-8859-16", "\252\272", "Șș"},
      {"windows-1250", "\216lu\235ou\350k\375", "Žluťoučký"},
      {"windows-1251", "\317\360\350\342\345\362", "Привет"},
      {"windows-1252", "\223x\224 \200", "“x” €"},
      {"windows-1253", "\305\353\353\334\344\341", "Ελλάδα"},
      {"windows-1254", "\335\376\360", "İşğ"},
      {"windows-1255", "\371\354\345\355", "שלום"},
      {"windows-1256", "\343\321\315\310\307", "مرحبا"},
      {"windows-1257", "\340\350\346", "ąčę"},
      {"koi8-r", "\360\322\311\327\305\324", "Привет"},
      {"koi8-u", "\267\326\301\313", "Їжак"},
      {"tis-620", "\344\267\302", "ไทย"},
      {"cp866", "\217\340\250\242\245\342", "Привет"},
      {"macintosh", "Gr\237\247e", "Grüße"},
  }));
  INFO(charset);
  CHECK(is_known_charset(charset));
  CHECK(to_utf8(octets, charset) == text);
  CHECK(from_utf8(text, charset) == octets);
}

TEST_CASE("charsets of one octet: what has no place there") {
  CHECK(to_utf8("a\245b", "iso-8859-3") == "a\xef\xbf\xbd"
                                           "b");
  CHECK(to_utf8("a\201b", "windows-1252") == "a\302\201b");
  CHECK(from_utf8("日ü\377", "koi8-r") == "???");
  CHECK(upper_half("WINDOWS-1258") == nullptr);
  CHECK(upper_half("") == nullptr);
  REQUIRE(upper_half("CP1258"));
  CHECK(octets_to_utf8("\322", *upper_half("CP1258")) == "\314\211");
}

TEST_CASE("charsets: UTF-16 and UTF-32") {
  const std::string text = "aП😀";
  CHECK(to_utf8("\0a\4\37\330\75\336\0"sv, "utf-16be") == text);
  CHECK(to_utf8("a\0\37\4\75\330\0\336"sv, "utf-16le") == text);
  CHECK(to_utf8("\376\377\0a\4\37\330\75\336\0"sv, "utf-16") == text);
  CHECK(to_utf8("\377\376a\0\37\4\75\330\0\336"sv, "utf-16") == text);
  CHECK(to_utf8("a\0\37\4"sv, "utf-16") == "aП");
  CHECK(to_utf8("\0\0\376\377\0\0\0a\0\1\366\0"sv, "utf-32") == "a😀");
  for (const auto* charset : {"utf-16", "utf-16be", "utf-16le", "utf-32"}) {
    INFO(charset);
    CHECK(is_known_charset(charset));
    CHECK(to_utf8(*from_utf8(text, charset), charset) == text);
    CHECK(to_utf8("", charset) == "");
  }
  CHECK(from_utf8("a", "utf-16") == "\377\376a\0"sv);
  CHECK(from_utf8("a", "utf-16be") == "\0a"sv);
}

TEST_CASE("charsets: UTF-16 and UTF-32 that are wrong") {
  const std::string wrong = "\xef\xbf\xbd";
  CHECK(to_utf8("\330\75\0a"sv, "utf-16be") == wrong + "a");
  CHECK(to_utf8("\336\0\0a"sv, "utf-16be") == wrong + "a");
  CHECK(to_utf8("\330\75"sv, "utf-16be") == wrong);
  CHECK(to_utf8("\0ab"sv, "utf-16be") == "a" + wrong);
  CHECK(to_utf8("b"sv, "utf-16") == wrong);
  CHECK(to_utf8("\377\377\377\377a\0\0\0"sv, "utf-32") == wrong + "a");
  CHECK(to_utf8("\0\330\0\0"sv, "utf-32") == wrong);
}
