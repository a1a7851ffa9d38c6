// SPDX-License-Identifier: MIT
// imap4flags (RFC 5232): its examples and the rules of its section 2.
#include "support.h"

#include "support/catch.h"

using namespace sieve::test;

namespace {

std::string run(const std::string& script, std::string_view octets = message) {
  return outcome_of("require [\"imap4flags\", \"fileinto\", \"variables\", \"relational\", "
                    "\"comparator-i;ascii-numeric\"];\n" +
                        script,
                    octets);
}

/// Does the test hold after `commands`?
bool after(const std::string& commands, const std::string& test) {
  return run(commands + "if " + test + " { discard; }") == "discard";
}

} // namespace

TEST_CASE("setflag, addflag, removeflag change the flags in force") {
  CHECK(run("setflag \"\\\\Deleted\";") == "implicit keep [\\Deleted]");
  CHECK(run("addflag \"a\"; addflag [\"b\", \"c d\"]; fileinto \"x\";") == "fileinto x [a b c d]");
  CHECK(run("addflag \"a b c\"; removeflag [\"B\", \"none\"]; keep;") == "keep [a c]; implicit keep [a c]");
  CHECK(run("addflag \"a\"; setflag \"b\";") == "implicit keep [b]");
  CHECK(run("addflag \"a\"; setflag \"\";") == "implicit keep");
  CHECK(run("addflag \"a\"; fileinto \"x\"; addflag \"b\"; fileinto \"y\";") ==
        "fileinto x [a]; fileinto y [a b]");
}

TEST_CASE("lists of flags are words without case or doubles") {
  CHECK(run("addflag \"  a   b  \";") == "implicit keep [a b]");
  CHECK(run("addflag [\"a\", \"A\", \"\\\\seen\", \"\\\\SEEN\"];") == "implicit keep [a \\seen]");
  CHECK(run("addflag \"\\\\Recent \\\\Nonsense caf\xc3\xa9 a(b x\";") == "implicit keep [x]");
  CHECK(run("addflag \"v\" \"\\\\Deleted\"; addflag \"v\" \"\\\\Answered\"; keep :flags \"${v}\";") ==
        run("addflag \"v\" [\"\\\\Deleted\", \"\\\\Answered\"]; keep :flags \"${v}\";"));
}

TEST_CASE("section 3: flags in variables") {
  const std::string boss = "if header :contains \"from\" \"boss@frobnitzm.example.edu\" {\n"
                           "  setflag \"flagvar\" \"\\\\Flagged\";\n"
                           "  fileinto :flags \"${flagvar}\" \"INBOX.From Boss\"; }";
  CHECK(run(boss, "From: boss@frobnitzm.example.edu\n\n") == "fileinto INBOX.From Boss [\\Flagged]");
  const std::string list = "if header :contains \"Disposition-Notification-To\" \"mel@example.com\" {\n"
                           "  addflag \"flagvar\" \"$MDNRequired\"; }\n"
                           "if header :contains \"from\" \"imap@cac.washington.example.edu\" {\n"
                           "  removeflag \"flagvar\" \"$MDNRequired\";\n"
                           "  fileinto :flags \"${flagvar}\" \"INBOX.imap-list\"; }";
  CHECK(
      run(list, "Disposition-Notification-To: mel@example.com\nFrom: imap@cac.washington.example.edu\n\n") ==
      "fileinto INBOX.imap-list");
  CHECK(run("set \"v\" \"a  A b\"; addflag \"v\" \"c\"; fileinto \"${v}\";") == "fileinto a b c");
}

TEST_CASE("section 4: hasflag") {
  CHECK(after("setflag \"A B\";", "hasflag :is \"b A\""));
  CHECK(after("setflag \"A B\";", "hasflag [\"b\", \"A\"]"));
  const std::string mine =
      "set \"MyVar\" \"NonJunk Junk gnus-forward $Forwarded NotJunk JunkRecorded $Junk $NotJunk\";";
  CHECK(after(mine, "hasflag :contains \"MyVar\" \"Junk\""));
  CHECK(after(mine, "hasflag :contains \"MyVar\" \"forward\""));
  CHECK(after(mine, "hasflag :contains \"MyVar\" [\"label\", \"forward\"]"));
  CHECK(after(mine, "hasflag :contains \"MyVar\" [\"junk\", \"forward\"]"));
  CHECK(after(mine, "hasflag :contains \"MyVar\" \"junk forward\""));
  CHECK(after(mine, "hasflag :contains \"MyVar\" \"forward junk\""));
  CHECK_FALSE(after(mine, "hasflag :contains \"MyVar\" \"label\""));
  CHECK_FALSE(after(mine, "hasflag :contains \"MyVar\" [\"label1\", \"label2\"]"));
  CHECK(after("set \"MyFlags\" \"A B\";",
              "hasflag :count \"ge\" :comparator \"i;ascii-numeric\" \"MyFlags\" \"2\""));
  CHECK(after("set \"a\" \"A B b\"; set \"b\" \"A\";", "hasflag :count \"eq\" [\"a\", \"b\"] \"3\""));
  CHECK_FALSE(after("", "hasflag \"\""));
}

TEST_CASE("section 9: the extended example") {
  const std::string script = R"(
if size :over 1M {
  addflag "MyFlags" "Big";
  if header :is "From" "boss@company.example.com" { addflag "MyFlags" "\\Flagged"; }
  fileinto :flags "${MyFlags}" "Big messages";
}
if header :is "From" "grandma@example.net" {
  addflag "MyFlags" ["\\Answered", "$MDNSent"];
  fileinto :flags "${MyFlags}" "GrandMa";
}
if header :is "Sender" "owner-ietf-mta-filters@example.org" {
  set "MyFlags" "\\Flagged $Work";
  keep :flags "${MyFlags}";
} elsif anyof (address :domain :is ["From", "To"] "company.example.com") {
  keep :flags "${MyFlags}";
} elsif anyof (not address :all :contains ["To", "Cc"] "me@company.example.com",
               header :matches "subject" ["*make*money*fast*", "*university*dipl*mas*"]) {
  removeflag "MyFlags" "\\Flagged";
  fileinto :flags "${MyFlags}" "spam";
} else {
  fileinto :flags "${MyFlags}" "personal";
})";
  const std::string big(1024 * 1024 + 1, 'x');
  CHECK(run(script, "From: boss@company.example.com\n\n" + big) ==
        "fileinto Big messages [Big \\Flagged]; keep [Big \\Flagged]");
  CHECK(run(script, "From: grandma@example.net\nTo: me@company.example.org\n\n" + big) ==
        "fileinto Big messages [Big]; fileinto GrandMa [Big \\Answered $MDNSent]; "
        "fileinto spam [Big \\Answered $MDNSent]");
  CHECK(run(script, "From: grandma@example.net\nTo: x@company.example.com\n\n") ==
        "fileinto GrandMa [\\Answered $MDNSent]; keep [\\Answered $MDNSent]");
  CHECK(run(script, "Sender: owner-ietf-mta-filters@example.org\n\n") ==
        "keep [\\Flagged $Work]; implicit keep");
}

TEST_CASE("naming a variable wants the variables extension") {
  CHECK(errors_of("require \"imap4flags\"; addflag \"v\" \"x\";") ==
        "1:31: naming a variable here wants require \"variables\"\n");
  CHECK(errors_of("require [\"imap4flags\", \"variables\"]; addflag \"a b\" \"x\";") ==
        "1:46: variable `a b' has no valid name\n");
  CHECK(errors_of("require \"imap4flags\"; addflag;") ==
        "1:23: command `addflag' wants 1 to 2 arguments besides its tags, not 0\n");
  CHECK(errors_of("require [\"imap4flags\"]; discard :flags \"a\";") ==
        "1:33: command `discard' has no tag :flags\n");
}
