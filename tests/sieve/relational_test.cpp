// SPDX-License-Identifier: MIT
// relational (RFC 5231): the examples of its sections 6 and 7, and what is counted.
#include "support.h"

#include "support/catch.h"

using namespace sieve::test;

namespace {

constexpr std::string_view example = "Received: one\nReceived: two\nSubject: example\n"
                                     "To: foo@example.com, baz@example.com\nCc: qux@example.com\n\n";

bool relational(const std::string& test, std::string_view octets = example) {
  return holds("\"relational\", \"comparator-i;ascii-numeric\", \"envelope\", \"variables\"", test, octets);
}

const std::string numeric = ":comparator \"i;ascii-numeric\" ";

} // namespace

TEST_CASE("section 6: :count") {
  CHECK(relational("address :count \"ge\" " + numeric + "[\"to\", \"cc\"] [\"3\"]"));
  CHECK_FALSE(relational("anyof (address :count \"ge\" " + numeric +
                         "[\"to\"] [\"3\"], address :count \"ge\" " + numeric + "[\"cc\"] [\"3\"])"));
  CHECK_FALSE(relational("header :count \"ge\" " + numeric + "[\"received\"] [\"3\"]"));
  CHECK(relational("header :count \"ge\" " + numeric + "[\"received\", \"subject\"] [\"3\"]"));
  CHECK_FALSE(relational("header :count \"ge\" " + numeric + "[\"to\", \"cc\"] [\"3\"]"));
}

TEST_CASE("what is counted") {
  CHECK(relational("header :count \"eq\" \"x-absent\" \"0\""));
  CHECK(relational("header :count \"eq\" \"to\" \"1\""));
  CHECK(relational("address :count \"eq\" \"to\" \"2\"", "To: Friends: a@example.org, b@example.org;\n\n"));
  CHECK(relational("envelope :count \"eq\" [\"from\", \"to\"] \"2\""));
  sieve::MessageEnvelope null_sender;
  null_sender.recipient.address = {"bob", "example.org"};
  CHECK(outcome_of(
            "require [\"envelope\", \"relational\"];"
            "if allof(envelope :count \"eq\" \"from\" \"0\", envelope :count \"eq\" [\"from\", \"to\"] \"1\","
            "         envelope :is \"from\" \"\") { discard; }",
            message, sieve::Host(), &null_sender) == "discard");
}

TEST_CASE(":value: any pair of value and key") {
  const std::string_view numbers = "X-N: 1000\nX-N: 20\n\n";
  CHECK(relational("header :value \"gt\" " + numeric + "\"x-n\" [\"3000\", \"30\"]", numbers));
  CHECK_FALSE(relational("header :value \"gt\" " + numeric + "\"x-n\" \"3000\"", numbers));
  CHECK(relational("header :value \"lt\" " + numeric + "\"x-n\" \"21\"", numbers));
  CHECK_FALSE(relational("header :value \"lt\" " + numeric + "\"x-n\" \"20\"", numbers));
  CHECK(relational("header :value \"le\" " + numeric + "\"x-n\" \"20\"", numbers));
  CHECK(relational("header :value \"ge\" " + numeric + "\"x-n\" \"1000\"", numbers));
  CHECK(relational("header :value \"eq\" " + numeric + "\"x-n\" \"020\"", numbers));
  CHECK(relational("header :value \"ne\" " + numeric + "\"x-n\" \"20\"", numbers));
  CHECK(relational("string :value \"lt\" \"a\" \"B\""));
  CHECK_FALSE(relational("string :value \"lt\" :comparator \"i;octet\" \"a\" \"B\""));
  CHECK_FALSE(relational("header :value \"ne\" \"x-absent\" \"1\""));
  CHECK(relational("header :value \"GT\" " + numeric + "\"x-n\" \"30\"", numbers));
}

TEST_CASE("section 7: the extended example") {
  const std::string script = R"(require ["relational", "comparator-i;ascii-numeric", "fileinto"];
if header :value "lt" :comparator "i;ascii-numeric" ["x-priority"] ["3"] {
  fileinto "Priority";
} elsif address :count "gt" :comparator "i;ascii-numeric" ["to"] ["5"] {
  fileinto "SPAM";
} elsif address :value "gt" :all :comparator "i;ascii-casemap" ["from"] ["M"] {
  fileinto "From N-Z";
} else {
  fileinto "From A-M";
}
if allof ( address :count "eq" :comparator "i;ascii-numeric" ["to", "cc"] ["1"],
           address :all :comparator "i;ascii-casemap" ["to", "cc"] ["me@foo.example.com"] ) {
  fileinto "Only me";
})";
  CHECK(outcome_of(script, "X-Priority: 1 (Highest)\nTo: me@foo.example.com\n\n") ==
        "fileinto Priority; fileinto Only me");
  CHECK(outcome_of(script, "X-Priority: none\nFrom: zoe@example.org\nTo: a@b.c\n\n") == "fileinto From N-Z");
  CHECK(outcome_of(script, "From: Zoe <adam@example.org>\nTo: a@b.c\n\n") == "fileinto From A-M");
  CHECK(outcome_of(script, "To: a@b.c, b@b.c, c@b.c, d@b.c, e@b.c, f@b.c\n\n") == "fileinto SPAM");
}

TEST_CASE("relations are constant and known") {
  const std::string wants = "wants one of \"gt\", \"ge\", \"lt\", \"le\", \"eq\", \"ne\"\n";
  CHECK(errors_of("require \"relational\"; if header :value \"xx\" \"a\" \"b\" { }") ==
        "1:33: :value " + wants);
  CHECK(errors_of("require \"relational\"; if header :count \"\" \"a\" \"b\" { }") ==
        "1:33: :count " + wants);
  CHECK(errors_of("require \"relational\"; if header :count :is \"a\" \"b\" { }") ==
        "1:33: tag :count wants a string after it\n");
  CHECK(errors_of("require \"relational\"; if header :count \"eq\" :value \"eq\" \"a\" \"b\" { }") ==
        "1:45: tag :value cannot stand together with :count\n");
}
