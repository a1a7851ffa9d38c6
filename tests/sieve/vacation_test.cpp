// SPDX-License-Identifier: MIT
// What a vacation action tells the delivery: to whom, under which handle, for how long; and why there is
// none.
#include "evaluate.h"

using namespace sieve;
using namespace sieve::test;

namespace {

constexpr std::string_view letter = "From: alice@example.org\nTo: bob@example.com\nSubject: Hello\n\nBody\n";

Vacation vacation_of(const std::string& command, const Host& host = SettingsHost(),
                     std::string_view octets = letter) {
  return only<Vacation>(evaluate("require [\"vacation-seconds\", \"variables\"];\n"
                                 "if header :matches \"subject\" \"*\" { set \"subject\" \"${1}\"; }\n" +
                                     command,
                                 octets, host));
}

std::int64_t seconds_of(const std::string& command, const SettingsHost& host = {}) {
  return vacation_of(command, host).seconds;
}

std::string why_not(std::string_view octets, const std::string& script = "vacation \"Away\";") {
  const Outcome outcome = evaluate("require \"vacation\";\n" + script, octets, SettingsHost());
  CHECK(outcome.actions.empty());
  CHECK(outcome.implicit_keep);
  return log_of(outcome);
}

} // namespace

TEST_CASE("vacation: the reply goes to the envelope sender, from nobody") {
  const Vacation vacation = vacation_of("vacation \"Away\";");
  CHECK(vacation.sender == "alice@example.org");
  CHECK(vacation.mail.reverse_path.empty());
  REQUIRE(vacation.mail.recipients.size() == 1);
  CHECK(vacation.mail.recipients.front().str() == "alice@example.org");
  CHECK(vacation.mail.octets.find("\nDate: Sat, 21 Nov 2026 ") != std::string::npos);
  CHECK(vacation.mail.octets.find('\r') == std::string::npos);
}

TEST_CASE("vacation: the whole reply") {
  std::string octets = vacation_of("vacation \"Away\";").mail.octets;
  octets.erase(0, octets.find("From:")); // Message-ID and Date
  CHECK(octets == "From: bob@example.com\n"
                  "To: alice@example.org\n"
                  "Subject: Auto: Hello\n"
                  "Auto-Submitted: auto-replied (vacation)\n"
                  "Precedence: bulk\n"
                  "X-Auto-Response-Suppress: All\n"
                  "MIME-Version: 1.0\n"
                  "Content-Type: text/plain; charset=utf-8\n"
                  "Content-Transfer-Encoding: 7bit\n"
                  "\n"
                  "Away\n");
}

TEST_CASE("vacation: periods are bounded by settings") {
  CHECK(seconds_of("vacation \"Away\";") == 7 * 86400);
  CHECK(seconds_of("vacation :days 3 \"Away\";") == 3 * 86400);
  CHECK(seconds_of("vacation :days 0 \"Away\";") == 86400);
  CHECK(seconds_of("vacation :days 100 \"Away\";") == 60 * 86400);
  CHECK(seconds_of("vacation :days 18446744073709551615 \"Away\";") == 60 * 86400);
  CHECK(seconds_of("vacation :seconds 1800 \"Away\";") == 86400);
  SettingsHost host;
  host.settings = {{"sieve_vacation_min_period", "0"},
                   {"sieve_vacation_max_period", "1h"},
                   {"sieve_vacation_default_period", "30m"}};
  CHECK(seconds_of("vacation \"Away\";", host) == 1800);
  CHECK(seconds_of("vacation :seconds 0 \"Away\";", host) == 0);
  CHECK(seconds_of("vacation :seconds 90 \"Away\";", host) == 90);
  CHECK(seconds_of("vacation :seconds 2147483647 \"Away\";", host) == 3600);
  CHECK(seconds_of("vacation :days 1 \"Away\";", host) == 3600);
  host.settings = {{"sieve_vacation_max_period", "0"}};
  CHECK(seconds_of("vacation :days 1000 \"Away\";", host) == 1000 * 86400);
}

TEST_CASE("vacation: the handle is made of the arguments as they are written") {
  const auto handle = [](const std::string& command, std::string_view octets = letter) {
    return vacation_of(command, SettingsHost(), octets).handle;
  };
  constexpr std::string_view other = "From: alice@example.org\nTo: bob@example.com\nSubject: Other\n\n";
  CHECK(handle("vacation \"a\";") != handle("vacation \"b\";"));
  CHECK(handle("vacation \"a\";") != handle("vacation :mime \"a\";"));
  CHECK(handle("vacation :subject \"s\" \"a\";") != handle("vacation \"a\";"));
  CHECK(handle("vacation :subject \"x@example.org\" \"a\";") !=
        handle("vacation :from \"x@example.org\" \"a\";"));
  CHECK(handle("vacation :subject \"s\" :from \"x@example.org\" \"a\";") ==
        handle("vacation :from \"x@example.org\" :subject \"s\" :days 3 \"a\";"));
  // RFC 5230 section 4.2: variables make no other reply of it
  CHECK(handle("vacation :subject \"Re: ${subject}\" \"a\";") ==
        handle("vacation :subject \"Re: ${subject}\" \"a\";", other));
  CHECK(handle("vacation :handle \"h\" \"a\";") == handle("vacation :handle \"h\" :subject \"s\" \"b\";"));
  CHECK(handle("vacation :handle \"h\" \"a\";") != handle("vacation :handle \"i\" \"a\";"));
  CHECK(handle("vacation :handle \"a\" \"b\";") != handle("vacation \"a\";"));
}

TEST_CASE("vacation: the log says why there is no reply") {
  CHECK(why_not("From: alice@example.org\nTo: carol@example.net\n\n").find("addressees") !=
        std::string::npos);
  CHECK(why_not("To: bob@example.com\nList-Id: <w.example.org>\n\n").find("List-Id") != std::string::npos);
  CHECK(why_not("To: bob@example.com\nAuto-Submitted: x\n\n").find("Auto-Submitted") != std::string::npos);
  CHECK(why_not("To: bob@example.com\nPrecedence: junk\n\n").find("Precedence") != std::string::npos);
  MessageEnvelope nobody = plain_envelope();
  nobody.transaction.reverse_path = {};
  CHECK(log_of(evaluate("require \"vacation\"; vacation \"x\";", letter, SettingsHost(), nobody)) ==
        "vacation: the message is not answered: it has no envelope sender\n");
}

TEST_CASE("vacation: a thread of any length") {
  std::string octets =
      "From: alice@example.org\nTo: bob@example.com\nMessage-ID: <last@example.org>\nReferences:";
  for (int i = 0; i < 1000; ++i) octets += " <" + std::to_string(i) + "@example.org>";
  const std::string reply = vacation_of("vacation \"Away\";", SettingsHost(), octets + "\n\n").mail.octets;
  CHECK(reply.size() < 4000);
  CHECK(reply.find("<0@example.org>") != std::string::npos);
  CHECK(reply.find("<999@example.org>") != std::string::npos);
  CHECK(reply.find("<500@example.org>") == std::string::npos);
}
