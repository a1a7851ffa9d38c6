// SPDX-License-Identifier: MIT
// date, currentdate (RFC 5260 sections 4, 5) and index (section 6), with a clock that stands still.
#include "support.h"

#include "sieve/host.h"
#include "sieve/time_zone.h"
#include "support/catch.h"

#include <cstdlib>

using namespace sieve::test;

namespace {

/// 2026-11-21 10:15:30 UTC, a Saturday; each question makes it a day later.
class Clock : public sieve::Host {
public:
  std::int64_t now() const override { return 1795256130 + 86400 * questions_++; }

private:
  mutable std::int64_t questions_ = 0;
};

class Zone {
public:
  explicit Zone(const char* name) {
    setenv("TZ", name, 1);
    tzset();
  }
  ~Zone() {
    unsetenv("TZ");
    tzset();
  }
};

std::string filed_by(const std::string& test, std::string_view octets = message) {
  return outcome_of("require [\"date\", \"relational\", \"index\", \"variables\", \"fileinto\"," +
                        std::string(" \"comparator-i;ascii-numeric\"];\nif ") + test +
                        " { fileinto \"${0}\"; }",
                    octets, Clock());
}

bool true_of(const std::string& test, std::string_view octets = message) {
  const std::string outcome = filed_by("allof(" + test + ", string :matches \"yes\" \"*\")", octets);
  INFO(test << " => " << outcome);
  CHECK((outcome == "fileinto yes" || outcome == "implicit keep"));
  return outcome == "fileinto yes";
}

constexpr std::string_view dated = "Received: from a by b; Sat, 21 Nov 2026 23:30:00 -0500\n"
                                   "Received: from x by a; Fri, 20 Nov 2026 01:02:03 +0000\n"
                                   "Date: Thu, 19 Nov 2026 08:07:06 +0200 (a; comment)\n"
                                   "X-Leap: 29 Feb 2024 23:59:60 +0000\n"
                                   "X-No: Thu, 32 Jan 2026 08:07:06 +0200\n"
                                   "\n";

} // namespace

TEST_CASE("currentdate tells every part of one instant") {
  const Zone zone("UTC");
  const auto part = [](const std::string& name, const std::string& tags = "") {
    return filed_by("currentdate " + tags + " :matches \"" + name + "\" \"*\"");
  };
  CHECK(part("year") == "fileinto 2026");
  CHECK(part("MONTH") == "fileinto 11");
  CHECK(part("day") == "fileinto 21");
  CHECK(part("date") == "fileinto 2026-11-21");
  CHECK(part("julian") == "fileinto 61365");
  CHECK(part("hour") == "fileinto 10");
  CHECK(part("minute") == "fileinto 15");
  CHECK(part("second") == "fileinto 30");
  CHECK(part("time") == "fileinto 10:15:30");
  CHECK(part("iso8601") == "fileinto 2026-11-21T10:15:30Z");
  CHECK(part("std11") == "fileinto Sat, 21 Nov 2026 10:15:30 +0000");
  CHECK(part("zone") == "fileinto +0000");
  CHECK(part("weekday") == "fileinto 6");
  CHECK(part("iso8601", ":zone \"-0330\"") == "fileinto 2026-11-21T06:45:30-03:30");
  CHECK(part("zone", ":zone \"-0330\"") == "fileinto -0330");
  CHECK(part("zone", ":zone \"-0000\"") == "fileinto +0000");
}

TEST_CASE("currentdate is the same in all tests of a run") {
  const Zone zone("UTC");
  CHECK(true_of(
      "currentdate :is \"day\" \"21\", currentdate :is \"day\" \"21\", not currentdate \"day\" \"22\""));
  CHECK(true_of("currentdate :count \"eq\" \"day\" \"1\""));
}

TEST_CASE("without a zone the local one counts") {
  const Zone zone("EST5EDT,M3.2.0,M11.1.0");
  CHECK(filed_by("date :matches \"date\" \"iso8601\" \"*\"", dated) == "fileinto 2026-11-19T01:07:06-05:00");
  CHECK(filed_by("date :originalzone :matches \"date\" \"iso8601\" \"*\"", dated) ==
        "fileinto 2026-11-19T08:07:06+02:00");
  CHECK(filed_by("date :zone \"+0000\" :matches \"date\" \"iso8601\" \"*\"", dated) ==
        "fileinto 2026-11-19T06:07:06Z");
}

TEST_CASE("the years after 2038") {
  CHECK(filed_by("date :zone \"+0000\" :matches \"date\" \"iso8601\" \"*\"",
                 "Date: Sat, 01 Jan 2050 12:00:00 +0100\n\n") == "fileinto 2050-01-01T11:00:00Z");
  CHECK(sieve::zone_offset("Europe/Vienna", 2540000000) == 7200);
}

TEST_CASE("zones may have names, with summer time") {
  const Zone zone("UTC");
  CHECK(sieve::zone_offset("Europe/Vienna", 1795256130) == 3600);
  CHECK(sieve::zone_offset("Europe/Vienna", 1782000000) == 7200);
  CHECK(sieve::zone_offset("UTC", 0) == 0);
  CHECK(sieve::zone_offset("+0530", 0) == 19800);
  for (const char* bad : {"", "Nowhere/Land", "../../etc/passwd", "/etc/passwd", "+530", "+05:30", "+0960",
                          "+2400", "Europe/../UTC"}) {
    INFO(bad);
    CHECK_FALSE(sieve::zone_offset(bad, 0).has_value());
  }
  CHECK(std::string(std::getenv("TZ")) == "UTC");
  CHECK(sieve::local_offset(1782000000) == 0);
  CHECK(errors_of("require \"date\"; if date :zone \"Nowhere\" \"date\" \"hour\" \"1\" { }").empty());
}

TEST_CASE("date takes the first field, its last date, or no value") {
  const Zone zone("UTC");
  CHECK(true_of("date \"received\" \"date\" \"2026-11-22\"", dated));
  CHECK_FALSE(true_of("date \"received\" \"date\" \"2026-11-20\"", dated));
  CHECK(true_of("date :originalzone \"x-leap\" \"date\" \"2024-02-29\"", dated));
  CHECK_FALSE(true_of("date :matches \"x-no\" \"date\" \"*\"", dated));
  CHECK_FALSE(true_of("date :matches \"absent\" \"date\" \"*\"", dated));
  CHECK(true_of("date :count \"eq\" \"x-no\" \"date\" \"0\"", dated));
  CHECK(true_of("date :count \"eq\" \"received\" \"date\" \"1\"", dated));
}

TEST_CASE("RFC 5260 section 4.4: office hours of the sender") {
  const char* at_nine = "From: boss@example.com\nDate: Mon, 02 Jul 2007 09:00:00 -0700\n\n";
  const std::string hours = "allof(header :is \"from\" \"boss@example.com\","
                            " date :value \"ge\" :originalzone \"date\" \"hour\" \"09\","
                            " date :value \"lt\" :originalzone \"date\" \"hour\" \"17\")";
  CHECK(true_of(hours, at_nine));
  CHECK_FALSE(true_of(hours, "From: boss@example.com\nDate: Mon, 02 Jul 2007 17:00:00 -0700\n\n"));
}

TEST_CASE("RFC 5260 section 6.1: the second Received field") {
  const Zone zone("UTC");
  const char* late =
      "Received: a; Mon, 26 Feb 2007 08:00:00 -0500\nReceived: b; Mon, 26 Feb 2007 09:00:01 -0500\n\n";
  CHECK(true_of(
      "date :value \"gt\" :index 2 :zone \"-0500\" \"received\" \"iso8601\" \"2007-02-26T09:00:00-05:00\"",
      late));
  CHECK_FALSE(true_of(
      "date :value \"gt\" :index 1 :zone \"-0500\" \"received\" \"iso8601\" \"2007-02-26T09:00:00-05:00\"",
      late));
}

TEST_CASE("index counts fields, name by name") {
  const char* many = "A: one\nB: two\nA: three, four\n\n";
  CHECK(true_of("header :index 1 [\"b\", \"a\"] \"two\"", many));
  CHECK(true_of("header :index 2 [\"b\", \"a\"] \"one\"", many));
  CHECK(true_of("header :last :index 1 [\"b\", \"a\"] \"three, four\"", many));
  CHECK_FALSE(true_of("header :index 4 [\"b\", \"a\"] [\"one\", \"two\", \"three, four\"]", many));
  CHECK(true_of("address :index 1 :last [\"to\", \"from\"] \"alice@example.org\""));
  CHECK(true_of("address :index 1 \"to\" \"carol@example.net\""));
}

TEST_CASE("mistakes in date and index") {
  const auto errors = [](const std::string& test) {
    return errors_of("require [\"date\", \"index\"]; if " + test + " { }");
  };
  CHECK_FALSE(errors("date :zone \"+0100\" :originalzone \"date\" \"hour\" \"1\"").empty());
  CHECK(errors("date \"date\" \"century\" \"1\"").empty()); // a warning
  CHECK_FALSE(errors("date [\"date\", \"received\"] \"hour\" \"1\"").empty());
  CHECK_FALSE(errors("currentdate :originalzone \"hour\" \"1\"").empty());
  CHECK_FALSE(errors("header :last \"a\" \"b\"").empty());
  CHECK_FALSE(errors("header :index 0 \"a\" \"b\"").empty());
  CHECK_FALSE(errors("exists :index 1 \"a\"").empty());
  CHECK_FALSE(errors("currentdate :index 1 \"hour\" \"1\"").empty());
}
