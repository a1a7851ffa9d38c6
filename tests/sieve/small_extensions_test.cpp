// SPDX-License-Identifier: MIT
// subaddress (RFC 5233), copy (RFC 3894), reject and ereject (RFC 5429), mailbox (RFC 5490), fileinto.
#include "support.h"

#include "support/catch.h"

using namespace sieve::test;

namespace {

sieve::MessageEnvelope to(const std::string& local_part, const std::string& delimiter = "+") {
  sieve::MessageEnvelope envelope;
  envelope.recipient.address = {local_part, "example.com"};
  envelope.recipient_delimiter = delimiter;
  return envelope;
}

/// ":user|:detail" of an envelope recipient, "-" for no detail.
std::string parts(const sieve::MessageEnvelope& envelope) {
  return outcome_of("require [\"envelope\", \"subaddress\", \"variables\", \"fileinto\"]; set \"d\" \"-\";"
                    "if envelope :detail :matches \"to\" \"*\" { set \"d\" \"${1}\"; }"
                    "if envelope :user :matches \"to\" \"*\" { fileinto \"${1}|${d}\"; }",
                    message, sieve::Host(), &envelope);
}

class Mailboxes final : public sieve::Host {
public:
  bool mailbox_exists(const std::string& mailbox) const override { return mailbox == "a" || mailbox == "b"; }
};

} // namespace

TEST_CASE("subaddress divides at the first separator of any kind") {
  CHECK(parts(to("ken+foo")) == "fileinto ken|foo");
  CHECK(parts(to("ken")) == "fileinto ken|-");
  CHECK(parts(to("ken+")) == "fileinto ken|");
  CHECK(parts(to("+foo")) == "fileinto |foo");
  CHECK(parts(to("ken+a+b")) == "fileinto ken|a+b");
  CHECK(parts(to("ken-a+b", "+-")) == "fileinto ken|a+b");
  CHECK(parts(to("ken-a", "+")) == "fileinto ken-a|-");
}

TEST_CASE("RFC 5233 section 4: the example") {
  const std::string script = R"(require ["envelope", "subaddress", "fileinto"];
if envelope :user "to" "postmaster" { fileinto "inbox.postmaster"; stop; }
if envelope :detail "to" "mta-filters" { fileinto "inbox.ietf-mta-filters"; }
if envelope :detail "to" "foo" { redirect "ken@example.net"; })";
  const auto outcome = [&](const std::string& local_part) {
    const auto envelope = to(local_part);
    return outcome_of(script, message, sieve::Host(), &envelope);
  };
  CHECK(outcome("postmaster+foo") == "fileinto inbox.postmaster");
  CHECK(outcome("ken+mta-filters") == "fileinto inbox.ietf-mta-filters");
  CHECK(outcome("ken+foo") == "redirect ken@example.net");
  CHECK(outcome("ken") == "implicit keep");
}

TEST_CASE("copy") {
  CHECK(
      outcome_of(
          "require [\"copy\", \"fileinto\"]; redirect :copy \"alice@example.org\"; fileinto \"incoming\";") ==
      "redirect alice@example.org :copy; fileinto incoming");
  CHECK(errors_of("require \"copy\"; keep :copy;") == "1:22: command `keep' has no tag :copy\n");
  CHECK(errors_of("redirect :copy \"alice@example.org\";") == "1:10: command `redirect' has no tag :copy\n");
}

TEST_CASE("reject") {
  CHECK(outcome_of("require \"reject\"; reject text:\nGo away,\n..please.\n.\n;") ==
        "reject Go away,\r\n.please.\r\n");
  CHECK(outcome_of("require \"ereject\"; ereject \"no\";") == "ereject no");
  CHECK(outcome_of("require [\"reject\", \"encoded-character\"]; reject \"a${hex:ff}b\";") ==
        "reject a\xef\xbf\xbd"
        "b");
  CHECK(errors_of("require \"reject\"; ereject \"no\";") ==
        "1:19: unknown command `ereject': require \"ereject\" is missing\n");
}

TEST_CASE("mailbox") {
  const auto exists = [](const std::string& names) {
    return outcome_of("require \"mailbox\"; if mailboxexists " + names + " { discard; }", message,
                      Mailboxes()) == "discard";
  };
  CHECK(exists("\"a\""));
  CHECK(exists("[\"a\", \"b\"]"));
  CHECK_FALSE(exists("[\"a\", \"c\"]"));
  CHECK_FALSE(exists("\"a\xff\""));
  CHECK(outcome_of("require [\"mailbox\", \"fileinto\"]; fileinto :create \"a/b\";") ==
        "fileinto a/b :create");
  CHECK(errors_of("require \"mailbox\"; keep :create;") == "1:25: command `keep' has no tag :create\n");
}

TEST_CASE("fileinto names are UTF-8 and not empty") {
  const std::string bad = ": fileinto: the folder's name is empty or no UTF-8\n";
  CHECK(errors_of("require \"fileinto\"; fileinto \"\";") == "1:30" + bad);
  CHECK(errors_of("require \"fileinto\"; fileinto \"\xe9\";") == "1:30" + bad);
  CHECK(outcome_of("require [\"fileinto\", \"variables\"]; keep; fileinto \"${none}\";") ==
        "implicit keep; error: fileinto: the folder's name is empty or no UTF-8");
}
