// SPDX-License-Identifier: MIT
// RFC 6009: what the envelope says of delivery status and deadlines, and what a redirect says.
#include "evaluate.h"

#include "sieve/iso8601.h"

using namespace sieve;
using namespace sieve::test;

namespace {

MessageEnvelope rich_envelope() {
  MessageEnvelope envelope = plain_envelope();
  envelope.recipient.notify = {true, false, true, true, false};
  envelope.recipient.orcpt_type = "rfc822";
  envelope.recipient.orcpt = "robert@example.com";
  envelope.transaction.ret = mail::Ret::headers;
  envelope.transaction.envid = "QQ314159";
  envelope.transaction.by = mail::DeliverBy{-30, 'R', true};
  return envelope;
}

bool holds_for(const MessageEnvelope& envelope, const std::string& test) {
  const Outcome outcome =
      evaluate("require [\"envelope\", \"envelope-dsn\", \"envelope-deliverby\", \"relational\",\n"
               "\"comparator-i;ascii-numeric\"];\nif " +
                   test + " { discard; }",
               message, SettingsHost(), envelope);
  CHECK(log_of(outcome).empty());
  return !outcome.implicit_keep;
}

bool holds(const std::string& test) { return holds_for(rich_envelope(), test); }

Redirect redirect_of(const std::string& tags) {
  return only<Redirect>(evaluate("require [\"redirect-dsn\", \"redirect-deliverby\"];\nredirect " + tags +
                                     " \"carol@example.net\";",
                                 message, SettingsHost()));
}

} // namespace

TEST_CASE("envelope-dsn") {
  CHECK(holds("envelope \"notify\" \"SUCCESS\""));
  CHECK(holds("envelope \"notify\" \"failure\""));
  CHECK_FALSE(holds("envelope \"notify\" [\"NEVER\", \"DELAY\"]"));
  CHECK(holds("envelope :count \"eq\" :comparator \"i;ascii-numeric\" \"notify\" \"2\""));
  CHECK(holds("envelope \"orcpt\" \"rfc822;robert@example.com\""));
  CHECK(holds("envelope :matches \"orcpt\" \"rfc822;*@example.com\""));
  CHECK(holds("envelope \"ORCPT\" \"RFC822;robert@example.com\""));
  CHECK(holds("envelope \"ret\" \"HDRS\""));
  CHECK(holds("envelope \"envid\" \"QQ314159\""));
  CHECK(holds("envelope :count \"eq\" :comparator \"i;ascii-numeric\" [\"ret\", \"envid\"] \"2\""));
  CHECK_FALSE(
      holds_for(plain_envelope(), "envelope :matches [\"notify\", \"orcpt\", \"ret\", \"envid\"] \"*\""));
}

TEST_CASE("envelope-deliverby") {
  CHECK(holds("envelope :contains \"bytimerelative\" \"-\""));
  CHECK(holds("envelope \"bytimerelative\" \"-30\""));
  CHECK(holds("envelope :zone \"+0000\" \"bytimeabsolute\" \"2026-11-21T10:15:00Z\""));
  CHECK(holds("envelope :zone \"-0130\" \"bytimeabsolute\" \"2026-11-21T08:45:00-01:30\""));
  CHECK(holds("envelope \"bymode\" \"return\""));
  CHECK(holds("envelope \"bytrace\" \"trace\""));
  MessageEnvelope envelope = rich_envelope();
  envelope.transaction.by = mail::DeliverBy{600, 'N', false};
  CHECK(holds_for(envelope, "envelope \"bymode\" \"NOTIFY\""));
  CHECK(holds_for(envelope, "envelope \"bytrace\" \"\""));
  CHECK(holds_for(envelope, "envelope :count \"eq\" :comparator \"i;ascii-numeric\" \"bytrace\" \"1\""));
  CHECK(holds_for(envelope,
                  "envelope :value \"gt\" :comparator \"i;ascii-numeric\" \"bytimerelative\" \"500\""));
  CHECK_FALSE(holds_for(plain_envelope(),
                        "envelope :matches [\"bytimerelative\", \"bytimeabsolute\", \"bymode\", "
                        "\"bytrace\"] \"*\""));
}

TEST_CASE("redirect-dsn") {
  const Redirect never = redirect_of(":notify \"never\" :ret \"full\"");
  REQUIRE(never.notify);
  CHECK(never.notify->never);
  CHECK(never.ret == mail::Ret::full);
  const Redirect some = redirect_of(":notify \"FAILURE,delay\"");
  REQUIRE(some.notify);
  CHECK((some.notify->given && some.notify->failure && some.notify->delay && !some.notify->success));
  CHECK(some.ret == mail::Ret::unspecified);
  CHECK_FALSE(redirect_of("").notify);
}

TEST_CASE("redirect-deliverby") {
  const Redirect relative = redirect_of(":bymode \"Return\" :bytrace :bytimerelative 600");
  REQUIRE(relative.by);
  CHECK(relative.by->seconds == 600);
  CHECK(relative.by->mode == 'R');
  CHECK(relative.by->trace);
  const Redirect absolute = redirect_of(":bytimeabsolute \"2026-11-21T11:25:30+01:00\"");
  REQUIRE(absolute.by);
  CHECK(absolute.by->seconds == 600);
  CHECK(absolute.by->mode == 'R');
  CHECK_FALSE(absolute.by->trace);
  const Redirect late = redirect_of(":bytimeabsolute \"2026-11-21T10:15:00Z\" :bymode \"notify\"");
  CHECK(late.by->seconds == -30);
  CHECK(redirect_of(":bytimeabsolute \"2026-11-21T11:25:30+0100\"").by->seconds == 600);
  CHECK(redirect_of(":bytimeabsolute \"9999-11-21T10:15:00Z\"").by->seconds == 999999999);
  CHECK_FALSE(redirect_of("").by);
}

TEST_CASE("instants in ISO 8601") {
  CHECK(parse_iso8601("1970-01-01T00:00:00Z") == 0);
  CHECK(parse_iso8601(" 2026-11-21T10:15:30.5+00:00 ") == SettingsHost::instant);
  CHECK(parse_iso8601("2026-11-21t11:45:30+01:30") == SettingsHost::instant);
  CHECK(parse_iso8601("2026-11-21T10:15:30+0000") == SettingsHost::instant);
  for (const char* bad :
       {"", "2026-11-21", "2026-11-21T10:15:30", "2026-13-21T10:15:30Z", "2026-11-31T10:15:30Z",
        "2026-11-21T24:15:30Z", "2026-11-21T10:15:30Zx", "2026-11-21T10:15:30+24:00", "26-11-21T10:15:30Z",
        "2026-1-21T10:15:30Z", "+026-11-21T10:15:30Z"}) {
    INFO(bad);
    CHECK_FALSE(parse_iso8601(bad));
  }
  CHECK(format_iso8601(SettingsHost::instant, 0) == "2026-11-21T10:15:30Z");
  CHECK(format_iso8601(SettingsHost::instant, -5400) == "2026-11-21T08:45:30-01:30");
}
