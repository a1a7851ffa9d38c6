// SPDX-License-Identifier: MIT
// The scripts that RFC 5228 shows as examples, by section: they compile, and do what the text says.
#include "support.h"

#include "support/catch.h"

using namespace sieve::test;

namespace {

// Section 1.2.
constexpr std::string_view message_a = "Date: Tue, 1 Apr 1997 09:06:31 -0800 (PST)\n"
                                       "From: coyote@desert.example.org\n"
                                       "To: roadrunner@acme.example.com\n"
                                       "Subject: I have a present for you\n\n"
                                       "Look, I'm sorry about the whole anvil thing.\n";
constexpr std::string_view message_b = "From: youcouldberich!@reply-by-postal-mail.invalid\n"
                                       "To: rube@landru.example.com\n"
                                       "Date:  Mon, 31 Mar 1997 18:26:10 -0800\n"
                                       "Subject: $$$ YOU, TOO, CAN BE A MILLIONAIRE! $$$\n\n"
                                       "YOU MAY HAVE ALREADY WON\n";

std::string a(const std::string& script) { return outcome_of(script, message_a); }
std::string b(const std::string& script) { return outcome_of(script, message_b); }

std::string sized(std::size_t octets) { return "Subject: x\n\n" + std::string(octets, 'x'); }

} // namespace

TEST_CASE("2.3 comments") {
  CHECK(outcome_of("if size :over 100k { # this is a comment\n discard;\n}", sized(102'400)) == "discard");
  CHECK(outcome_of(
            "if size :over 100K { /* this is a comment\n this is still a comment */ discard /* this is a "
            "comment\n */ ;\n}",
            sized(102'400)) == "discard");
}

TEST_CASE("2.4.2.4 encoded characters") {
  CHECK(b("require \"encoded-character\"; if header :contains \"Subject\" \"$${hex:24 24}\" { discard; }") ==
        "discard");
}

TEST_CASE("2.5.1 test lists") {
  const std::string script = "if anyof (not exists [\"From\", \"Date\"],\n"
                             "  header :contains \"from\" \"fool@example.com\") { discard; }";
  CHECK(a(script) == "implicit keep");
  CHECK(outcome_of(script, "From: alice@example.org\n\n") == "discard");
  CHECK(outcome_of(script, "From: fool@example.com\nDate: x\n\n") == "discard");
}

TEST_CASE("2.7.3 comparators") {
  const std::string script =
      "if header :contains :comparator \"i;octet\" \"Subject\" \"MAKE MONEY FAST\" { discard; }";
  CHECK(outcome_of(script, "Subject: Re: MAKE MONEY FAST now\n\n") == "discard");
  CHECK(outcome_of(script, "Subject: make money fast\n\n") == "implicit keep");
}

TEST_CASE("2.10.2 the implicit keep") {
  CHECK(outcome_of("if size :over 500K { discard; }", sized(512'000)) == "discard");
  CHECK(a("if size :over 500K { discard; }") == "implicit keep");
}

TEST_CASE("3.1 if") {
  const std::string script = "require \"fileinto\";\n"
                             "if header :contains \"from\" \"coyote\" { discard; }\n"
                             "elsif header :contains [\"subject\"] [\"$$$\"] { discard; }\n"
                             "else { fileinto \"INBOX\"; }";
  CHECK(a(script) == "discard");
  CHECK(b(script) == "discard");
  CHECK(outcome_of(script, "From: alice@example.org\n\n") == "fileinto INBOX");
  const std::string redirects =
      "if header :contains [\"From\"] [\"coyote\"] {\n  redirect \"acm@example.com\";\n"
      "} elsif header :contains \"Subject\" \"$$$\" {\n"
      "  redirect \"postmaster@example.com\";\n"
      "} else {\n  redirect \"field@example.com\";\n}";
  CHECK(a(redirects) == "redirect acm@example.com");
  CHECK(b(redirects) == "redirect postmaster@example.com");
  CHECK(outcome_of(redirects, "Subject: x\n\n") == "redirect field@example.com");
}

TEST_CASE("3.2 require") {
  CHECK(
      errors_of("require [\"fileinto\", \"reject\"];\nrequire \"fileinto\";\nrequire \"vacation\";").empty());
}

TEST_CASE("4 actions") {
  CHECK(a("require \"fileinto\"; if header :contains [\"from\"] \"coyote\" { fileinto \"INBOX.harassment\"; "
          "}") == "fileinto INBOX.harassment");
  CHECK(a("redirect \"bart@example.com\";") == "redirect bart@example.com");
  CHECK(a("if size :under 1M { keep; } else { discard; }") == "keep; implicit keep");
  CHECK(a("if not size :under 1M { discard; }") == "implicit keep");
  CHECK(outcome_of("if not size :under 1M { discard; }", sized(1'048'576)) == "discard");
  CHECK(outcome_of("if header :contains [\"from\"] [\"idiot@example.com\"] { discard; }",
                   "From: idiot@example.com\n\n") == "discard");
}

TEST_CASE("5 tests") {
  CHECK(outcome_of("if address :is :all \"from\" \"tim@example.com\" { discard; }",
                   "From: Tim <tim@EXAMPLE.com>\n\n") == "discard");
  CHECK_FALSE(holds("", "allof (false, false)"));
  CHECK_FALSE(holds("", "allof (false, true)"));
  CHECK(holds("", "allof (true, true)"));
  CHECK_FALSE(holds("", "anyof (false, false)"));
  CHECK(holds("", "anyof (false, true)"));
  CHECK(holds("", "anyof (true, true)"));
  sieve::MessageEnvelope envelope;
  envelope.transaction.reverse_path = {"tim", "example.com"};
  CHECK(outcome_of("require \"envelope\"; if envelope :all :is \"from\" \"tim@example.com\" { discard; }",
                   message_a, sieve::Host(), &envelope) == "discard");
  CHECK(outcome_of("if not exists [\"From\",\"Date\"] { discard; }", "From: x\n\n") == "discard");
  CHECK(a("if not exists [\"From\",\"Date\"] { discard; }") == "implicit keep");
}

TEST_CASE("5.7 header: present and empty is not absent") {
  const std::string_view caffeine = "X-Caffeine: C8H10N4O2\n\n";
  const std::string_view empty = "X-Caffeine:\n\n";
  for (const char* test : {"header :is [\"X-Caffeine\"] [\"\"]"}) {
    CHECK_FALSE(holds("", test, caffeine));
    CHECK(holds("", test, empty));
    CHECK_FALSE(holds("", test, message_a));
  }
  CHECK(holds("", "header :contains [\"X-Caffeine\"] [\"\"]", caffeine));
  CHECK(holds("", "header :contains [\"X-Caffeine\"] [\"\"]", empty));
  CHECK_FALSE(holds("", "header :contains [\"X-Caffeine\"] [\"\"]", message_a));
}

TEST_CASE("9 the extended example") {
  const std::string script = R"(
#
# Example Sieve Filter
# Declare any optional features or extension used by the script
#
require ["fileinto"];

#
# Handle messages from known mailing lists
# Move messages from IETF filter discussion list to filter mailbox
#
if header :is "Sender" "owner-ietf-mta-filters@imc.org"
        {
        fileinto "filter";  # move to "filter" mailbox
        }
#
# Keep all messages to or from people in my company
#
elsif address :DOMAIN :is ["From", "To"] "example.com"
        {
        keep;               # keep in "In" mailbox
        }

#
# Try and catch unsolicited email.  If a message is not to me,
# or it contains a subject known to be spam, file it away.
#
elsif anyof (NOT address :all :contains
               ["To", "Cc", "Bcc"] "me@example.com",
             header :matches "subject"
               ["*make*money*fast*", "*university*dipl*mas*"])
        {
        fileinto "spam";   # move to "spam" mailbox
        }
else
        {
        # Move all other (non-company) mail to "personal"
        # mailbox.
        fileinto "personal";
        }
)";
  CHECK(outcome_of(script, "Sender: owner-ietf-mta-filters@imc.org\nFrom: a@example.com\n\n") ==
        "fileinto filter");
  CHECK(outcome_of(script, "From: alice@example.com\nTo: bob@example.net\n\n") == "keep; implicit keep");
  CHECK(outcome_of(script, "From: alice@example.org\nTo: bob@example.net\n\n") == "fileinto spam");
  CHECK(outcome_of(script, "From: x@example.org\nTo: some@example.com.invalid, me@example.com.example.net\n"
                           "Subject: Make lots of money really fast!\n\n") == "fileinto spam");
  CHECK(outcome_of(script, "From: x@example.org\nTo: me@example.com.example.net\nSubject: hi\n\n") ==
        "fileinto personal");
  CHECK(a(script) == "fileinto spam");
  CHECK(b(script) == "fileinto spam");
}
