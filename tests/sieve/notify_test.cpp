// SPDX-License-Identifier: MIT
// enotify and fcc: the mail, and mailto URIs (RFC 5436, RFC 6068, RFC 2368).
#include "evaluate.h"

#include "sieve/mailto.h"

using namespace sieve;
using namespace sieve::test;

namespace {

std::string shown(const std::vector<mail::HeaderAddress>& addresses) {
  std::string text;
  for (const auto& one : addresses) text += (text.empty() ? "" : " ") + one.address.str();
  return text;
}

Mailto good(std::string_view uri) {
  std::string why;
  const auto mailto = parse_mailto(uri, why);
  INFO(uri << ": " << why);
  REQUIRE(mailto);
  return *mailto;
}

bool is_bad(std::string_view uri) {
  std::string why;
  INFO(uri);
  const bool bad = !parse_mailto(uri, why);
  CHECK(bad == !why.empty());
  return bad;
}

} // namespace

TEST_CASE("mailto: the examples of RFC 2368") {
  CHECK(shown(good("mailto:chris@example.com").to) == "chris@example.com");
  CHECK(good("mailto:infobot@example.com?subject=current-issue").subject == "current-issue");
  CHECK(good("mailto:infobot@example.com?body=send%20current-issue").body == "send current-issue");
  CHECK(good("mailto:infobot@example.com?body=send%20current-issue%0D%0Asend%20index").body ==
        "send current-issue\r\nsend index");
  CHECK(
      good("mailto:foobar@example.com?In-Reply-To=%3c3469A91.D10AF4C@example.com%3e").fields.front().second ==
      "<3469A91.D10AF4C@example.com>");
  const auto many = good("mailto:joe@example.com?cc=bob@example.com&body=hello");
  CHECK(shown(many.cc) == "bob@example.com");
  CHECK(many.body == "hello");
  CHECK(shown(good("mailto:?to=joe@xyz.com&cc=bob@xyz.com&body=hello").to) == "joe@xyz.com");
  CHECK(shown(good("mailto:?to=joe@example.com,bob@example.com").to) == "joe@example.com bob@example.com");
  CHECK(shown(good("mailto:gorby%25kremvax@example.com").to) == "gorby%kremvax@example.com");
  CHECK(good("mailto:").to.empty());
}

TEST_CASE("mailto: what a URI may not set") {
  const auto mailto =
      good("mailto:a@example.com?From=x&RECEIVED=y&x-good=z&Bcc=b@example.com&resent-to=r@example.com");
  CHECK(mailto.ignored == std::vector<std::string>{"From", "RECEIVED", "Bcc", "resent-to"});
  REQUIRE(mailto.fields.size() == 1);
  CHECK(mailto.fields.front().first == "x-good");
}

TEST_CASE("mailto: what is none") {
  CHECK(is_bad("http://example.com"));
  CHECK(is_bad("mailto"));
  CHECK(is_bad("mailto:a"));
  CHECK(is_bad("mailto:a@"));
  CHECK(is_bad("mailto:a@example.com b"));
  CHECK(is_bad("mailto:%"));
  CHECK(is_bad("mailto:a%4"));
  CHECK(is_bad("mailto:a@example.com%0D%0ABcc:b@example.com"));
  CHECK(is_bad("mailto:group%3Aa@example.com%3B"));
  CHECK(is_bad("mailto:a@example.com?"));
  CHECK(is_bad("mailto:a@example.com?subject=a&"));
  CHECK(is_bad("mailto:a@example.com?subject=<b>"));
  CHECK(is_bad("mailto:a@example.com?subject=a=b"));
  std::string crowd = "mailto:a@example.com";
  for (int i = 0; i < 40; ++i) crowd += ",a" + std::to_string(i) + "@example.com";
  CHECK(is_bad(crowd));
}

TEST_CASE("a scheme") {
  CHECK(uri_scheme("MailTo:x") == "mailto");
  CHECK(uri_scheme("x-a.b+c:y") == "x-a.b+c");
  CHECK(uri_scheme("1a:x").empty());
  CHECK(uri_scheme("a b:x").empty());
  CHECK(uri_scheme("abc").empty());
}

TEST_CASE("notify: the whole mail") {
  const auto notify = only<Notify>(evaluate(
      "require \"enotify\"; notify :importance \"1\" :message \"News\" \"mailto:carol@example.net\";",
      "From: alice@example.org\nMessage-ID: <1@example.org>\n\nBody\n", SettingsHost()));
  CHECK(notify.method == "mailto:carol@example.net");
  std::string octets = notify.mail.octets;
  octets.erase(0, octets.find("Auto-Submitted:"));
  CHECK(octets == "Auto-Submitted: auto-notified; owner-email=\"bob@example.com\"\n"
                  "From: postmaster@localhost\n"
                  "To: carol@example.net\n"
                  "Subject: News\n"
                  "Importance: high\n"
                  "X-Priority: 1 (Highest)\n"
                  "References: <1@example.org>\n"
                  "MIME-Version: 1.0\n"
                  "Content-Type: text/plain; charset=utf-8\n"
                  "Content-Transfer-Encoding: 7bit\n"
                  "\n"
                  "News\n");
}

TEST_CASE("fcc goes with the action") {
  const auto notify = only<Notify>(
      evaluate("require [\"enotify\", \"fcc\", \"mailbox\", \"imap4flags\"];\n"
               "notify :create :fcc \"Sent\" :flags [\"\\\\Seen $a\", \"$A\"] \"mailto:carol@example.net\";",
               message, SettingsHost()));
  REQUIRE(notify.fcc);
  CHECK(notify.fcc->mailbox == "Sent");
  CHECK(notify.fcc->create);
  CHECK(notify.fcc->flags == Flags{"\\Seen", "$a"});
}
