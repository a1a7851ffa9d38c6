// SPDX-License-Identifier: MIT
#include "mail/date.h"
#include "support/catch.h"

#include <cstdlib>
#include <ctime>

using namespace mail;

namespace {

struct Case {
  std::string_view text;
  std::int64_t seconds;
  int zone;
};

} // namespace

TEST_CASE("RFC 5322 appendix A: dates") {
  const std::initializer_list<Case> cases = {
      {"Fri, 21 Nov 1997 09:55:06 -0600", 880127706, -360},
      {" Tue, 1 Jul 2003 10:52:37 +0200", 1057049557, 120},
      {"Thu, 13 Feb 1969 23:32:54 -0330", -27723426, -210},
      {"Thu,\n      13\n        Feb\n          1969\n      23:32\n               -0330 (Newfoundland Time)",
       -27723480, -210},
      {"21 Nov 97 09:55:06 GMT", 880106106, 0},
      {"Fri, 21 Nov 1997 09(comment):   55  :  06 -0600", 880127706, -360},
  };
  for (const auto& [text, seconds, zone] : cases) {
    INFO(text);
    const auto date = parse_date(text);
    REQUIRE(date);
    CHECK(date->seconds == seconds);
    CHECK(date->zone == zone);
  }
}

TEST_CASE("dates: obsolete zones and years") {
  const std::initializer_list<Case> cases = {{"1 Jan 1970 00:00 EST", 18000, -300},
                                             {"1 Jan 1970 00:00 pdt", 25200, -420},
                                             {"1 Jan 1970 00:00 UT", 0, 0},
                                             {"1 Jan 1970 00:00 Z", 0, 0},
                                             {"1 Jan 1970 00:00 K", 0, 0},
                                             {"1 Jan 1970 00:00 CEST", 0, 0},
                                             {"1 Jan 1970 00:00:00", 0, 0},
                                             {"1 Jan 70 00:00 -0000", 0, 0},
                                             {"1 Jan 070 00:00 +0000", 0, 0},
                                             {"1 Jan 00 00:00 +0000", 946684800, 0},
                                             {"1 Jan 49 00:00 +0000", 2493072000, 0},
                                             {"1 Jan 100 00:00 +0000", 946684800, 0},
                                             {"29 Feb 2000 00:00 +0000", 951782400, 0},
                                             {"31 Dec 1999 23:59:60 +0000", 946684799, 0},
                                             {"Thu 1 Jan 1970 1:02:03 +01:00", 123, 60},
                                             {"Thu, 1-Jan-1970 00:00:00 GMT", 0, 0},
                                             {"Thursday, 1 january 1970 00:00 +0000", 0, 0},
                                             {"1 Jan 1970 01:00 +0100 CET", 0, 60},
                                             {"(a (b) \\) c) 1 Jan 1970 00:00 +0000", 0, 0},
                                             {"1 Jan 9999 00:00 +0000", 253370764800, 0}};
  for (const auto& [text, seconds, zone] : cases) {
    INFO(text);
    const auto date = parse_date(text);
    REQUIRE(date);
    CHECK(date->seconds == seconds);
    CHECK(date->zone == zone);
  }
}

TEST_CASE("garbage is no date") {
  for (const std::string_view text : {"",
                                      " ",
                                      "()",
                                      "now",
                                      "Fri",
                                      "Fri,",
                                      "32 Jan 2000 00:00 +0000",
                                      "0 Jan 2000 00:00 +0000",
                                      "29 Feb 1900 00:00 +0000",
                                      "30 Feb 2000 00:00 +0000",
                                      "1 Foo 2000 00:00 +0000",
                                      "1 Ja 2000 00:00 +0000",
                                      "1 Jan 2000",
                                      "1 Jan 2000 24:00 +0000",
                                      "1 Jan 2000 00:60 +0000",
                                      "1 Jan 2000 00:00:61 +0000",
                                      "1 Jan 2000 0000 +0000",
                                      "1 Jan 2000 00:00 +0060",
                                      "1 Jan 2000 00:00 +9900",
                                      "1 Jan 2000 00:00 +1",
                                      "1 Jan 2000 00:00 +",
                                      "1 Jan 2000 00:00 0000",
                                      "1 Jan 1899 00:00 +0000",
                                      "1 Jan 20000 00:00 +0000",
                                      "1 Jan 7 00:00 +0000",
                                      "Xyz, 1 Jan 2000 00:00 +0000",
                                      "2000-01-01T00:00:00Z",
                                      "Jan 1 2000 00:00 +0000",
                                      "1 Jan 2000 00:00 +0000 !",
                                      "1 Jan 2000 00:00 +0000 1 Jan",
                                      "(1 Jan 2000 00:00 +0000",
                                      "1 Jan -2000 00:00",
                                      "99999999999999999999 Jan 2000 00:00",
                                      "1 Jan 2000 00:00 +0000)"}) {
    INFO(text);
    CHECK_FALSE(parse_date(text));
  }
}

TEST_CASE("format_date and back") {
  CHECK(format_date(0, 0) == "Thu, 1 Jan 1970 00:00:00 +0000");
  CHECK(format_date(880127706, -360) == "Fri, 21 Nov 1997 09:55:06 -0600");
  CHECK(format_date(-1, 90) == "Thu, 1 Jan 1970 01:29:59 +0130");
  CHECK(format_date(951782400, 0) == "Tue, 29 Feb 2000 00:00:00 +0000");
  for (std::int64_t seconds = -2208900000; seconds < 7258118400; seconds += 86400 * 17 + 12345) {
    const auto back = parse_date(format_date(seconds, -570));
    REQUIRE(back);
    CHECK(back->seconds == seconds);
    CHECK(back->zone == -570);
  }
}

TEST_CASE("format_local_date follows TZ") {
  const char* const old = std::getenv("TZ");
  const std::string kept = old ? old : "";
  setenv("TZ", "XYZ-05:30", 1);
  tzset();
  CHECK(format_local_date(0) == "Thu, 1 Jan 1970 05:30:00 +0530");
  if (old)
    setenv("TZ", kept.c_str(), 1);
  else
    unsetenv("TZ");
  tzset();
}
