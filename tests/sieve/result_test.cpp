// SPDX-License-Identifier: MIT
// Actions of one script and of several: duplicates, conflicts, limits, the keep (RFC 5228 section 2.10).
#include "sieve/result.h"
#include "support.h"

#include "support/catch.h"

using namespace sieve::test;

namespace {

const std::string extensions =
    "require [\"fileinto\", \"copy\", \"imap4flags\", \"reject\", \"ereject\", \"mailbox\"];";

std::string run(const std::string& script) { return outcome_of(extensions + script); }

std::string repeated(const std::string& before, int count, const std::string& after) {
  std::string script;
  for (int i = 0; i < count; ++i) script += before + std::to_string(i) + after;
  return script;
}

} // namespace

TEST_CASE("the implicit keep is cancelled by what takes its place") {
  CHECK(run("keep;") == "keep; implicit keep");
  CHECK(run("discard;") == "discard");
  CHECK(run("fileinto \"a\";") == "fileinto a");
  CHECK(run("redirect \"alice@example.org\";") == "redirect alice@example.org");
  CHECK(run("reject \"no\";") == "reject no");
  CHECK(run("fileinto :copy \"a\"; redirect :copy \"alice@example.org\";") ==
        "fileinto a :copy; redirect alice@example.org :copy; implicit keep");
  CHECK(run("addflag \"x\";") == "implicit keep [x]");
  CHECK(run("discard; keep;") == "discard; keep");
  CHECK(run("stop; discard;") == "implicit keep");
}

TEST_CASE("an equal action is taken once, at its first place") {
  CHECK(run("fileinto \"a\"; fileinto \"b\"; fileinto \"a\";") == "fileinto a; fileinto b");
  CHECK(run("fileinto \"a\"; fileinto \"A\";") == "fileinto a; fileinto A");
  CHECK(run("discard; discard;") == "discard");
  CHECK(run("keep; keep;") == "keep; implicit keep");
  CHECK(run("fileinto \"Inbox\"; fileinto \"b\"; keep;") == "keep; fileinto b");
  CHECK(run("keep; fileinto \"b\"; fileinto \"INBOX\";") == "keep; fileinto b");
  CHECK(run("redirect \"a@example.org\"; redirect \"A@example.org\"; redirect \"<a@EXAMPLE.ORG>\";") ==
        "redirect a@example.org; redirect A@example.org");
}

TEST_CASE("of merged actions the later flags win, and :copy must be on both") {
  CHECK(run("fileinto :flags \"x\" \"a\"; fileinto :flags \"y z\" \"a\";") == "fileinto a [y z]");
  CHECK(run("keep :flags \"x\"; fileinto :flags \"y\" \"inbox\";") == "keep [y]; implicit keep");
  CHECK(run("setflag \"x\"; keep; setflag \"y\"; keep;") == "keep [y]; implicit keep [y]");
  CHECK(run("fileinto :copy \"a\"; fileinto \"a\";") == "fileinto a");
  CHECK(run("fileinto \"a\"; fileinto :copy \"a\";") == "fileinto a");
  CHECK(run("fileinto :copy \"a\"; fileinto :copy \"a\";") == "fileinto a :copy; implicit keep");
}

TEST_CASE("reject conflicts with what delivers, before and after it") {
  const auto void_with = [](const std::string& error) { return "implicit keep; error: " + error; };
  CHECK(run("keep; reject \"no\";") == void_with("reject conflicts with the keep taken before"));
  CHECK(run("reject \"no\"; keep;") == void_with("keep conflicts with the reject taken before"));
  CHECK(run("fileinto \"a\"; ereject \"no\";") == void_with("reject conflicts with the store taken before"));
  CHECK(run("reject \"no\"; redirect \"alice@example.org\";") ==
        void_with("redirect conflicts with the reject taken before"));
  CHECK(run("reject \"no\"; reject \"no\";") == void_with("the message is already rejected"));
  CHECK(run("reject \"no\"; ereject \"no\";") == void_with("the message is already rejected"));
  CHECK(run("discard; reject \"no\";") == "discard; reject no");
  CHECK(run("reject \"no\"; discard;") == "reject no; discard");
}

TEST_CASE("limits void the script") {
  const std::string many = "implicit keep; error: total number of actions exceeds policy limit";
  CHECK(run(repeated("fileinto \"f", 33, "\";")) == many);
  CHECK(run(repeated("fileinto \"f", 10'000, "\";")) == many);
  CHECK(run(repeated("fileinto \"f", 32, "\";")).find("error") == std::string::npos);
  CHECK(run(repeated("redirect \"a", 5, "@example.org\";")) ==
        "implicit keep; error: number of redirect actions exceeds policy limit");
  CHECK(run(repeated("redirect \"a", 4, "@example.org\";")) ==
        "redirect a0@example.org; redirect a1@example.org; redirect a2@example.org; redirect a3@example.org");
  CHECK(run("fileinto \"x\";" + repeated("fileinto \"x\"; keep; #", 1000, "\n")) == "fileinto x; keep");
}

TEST_CASE("addresses to send to are judged") {
  const auto error = [](const std::string& place, const std::string& address) {
    return place + ": redirect: `" + address + "' is no address\n";
  };
  CHECK(errors_of("redirect \"\";") == error("1:10", ""));
  CHECK(errors_of("redirect \"a@example.org, b@example.org\";") ==
        error("1:10", "a@example.org, b@example.org"));
  CHECK(errors_of("redirect \"@example.org\";") == error("1:10", "@example.org"));
  CHECK(errors_of("redirect \"a@\";") == error("1:10", "a@"));
  CHECK(errors_of("redirect \"caf\xc3\xa9@example.org\";") == error("1:10", "caf\xc3\xa9@example.org"));
  CHECK(run("redirect \"Alice <alice@example.org>\";") == "redirect alice@example.org");
  CHECK(run("redirect \" alice @ example.org \";") == "redirect alice@example.org");
  CHECK(outcome_of("require \"variables\"; set \"a\" \"nobody\"; keep; redirect \"${a}\";") ==
        "implicit keep; error: redirect: `nobody' is no address");
}

TEST_CASE("names of actions are those of the test language") {
  CHECK(sieve::action_name({sieve::Keep{}, {}, {}, false}) == "keep");
  CHECK(sieve::action_name({sieve::FileInto{}, {}, {}, false}) == "store");
  CHECK(sieve::action_name({sieve::Reject{}, {}, {}, false}) == "reject");
  CHECK(sieve::action_name({sieve::DuplicateMark{}, {}, {}, false}) == "duplicate_mark");
}
