// SPDX-License-Identifier: MIT
// editheader where the octets matter.
#include "evaluate.h"

using namespace sieve;
using namespace sieve::test;

namespace {

constexpr std::string_view letter = "From: alice@example.org\nX: 1\nX: 2\n\nBody\n";

std::string edited(const std::string& commands, std::string_view octets = letter, const Host& host = Host()) {
  return evaluate("require [\"editheader\", \"encoded-character\"];\n" + commands, octets, host)
      .keep.message->str();
}

} // namespace

TEST_CASE("addheader writes at the top or at the bottom") {
  CHECK(edited("addheader \"A\" \"b\";") == "A: b\nFrom: alice@example.org\nX: 1\nX: 2\n\nBody\n");
  CHECK(edited("addheader :last \"A\" \"b\";") == "From: alice@example.org\nX: 1\nX: 2\nA: b\n\nBody\n");
  CHECK(edited("addheader \"A\" \"b\";", "\nBody\n") == "A: b\n\nBody\n");
  CHECK(edited("addheader \"A\" \"b\";", "X: 1\r\n\r\nBody\r\n") == "A: b\r\nX: 1\r\n\r\nBody\r\n");
}

TEST_CASE("addheader encodes and cleans") {
  CHECK(edited("addheader \"A\" \"caf\xc3\xa9\";", "\n") == "A: =?utf-8?q?caf=C3=A9?=\n\n");
  CHECK(edited("addheader \"A\" \"  a ${hex:0d 0a}Bcc: x@example.org${hex:0d 0a 0d 0a}b \";", "\n") ==
        "A: a Bcc: x@example.org b\n\n");
  CHECK(edited("addheader \"A\" \"a${hex:00}b\";", "\n") == "A: a b\n\n");
}

TEST_CASE("deleteheader leaves all else as it was") {
  CHECK(edited("deleteheader \"x\";") == "From: alice@example.org\n\nBody\n");
  CHECK(edited("deleteheader :index 2 \"x\";") == "From: alice@example.org\nX: 1\n\nBody\n");
  CHECK(edited("deleteheader :last :index 2 \"x\";") == "From: alice@example.org\nX: 2\n\nBody\n");
  CHECK(edited("deleteheader \"y\";") == letter);
}

TEST_CASE("a denial is told in the log alone") {
  const Outcome outcome =
      evaluate("require \"editheader\"; deleteheader \"received\";", "Received: x\n\n", Host());
  CHECK(outcome.keep.message->str() == "Received: x\n\n");
  REQUIRE(outcome.log.size() == 1);
  CHECK(outcome.log.front().severity == Severity::warning);
}

TEST_CASE("an error takes the edits back") {
  const Outcome outcome = evaluate("require [\"editheader\", \"variables\"];\n"
                                   "addheader \"A\" \"b\"; addheader \"${none}\" \"c\";",
                                   letter, Host());
  CHECK(outcome.implicit_keep);
  CHECK(outcome.keep.message->str() == letter);
}

TEST_CASE("a literal that is too long is found when the script is compiled") {
  const std::string text(3000, 'x');
  CHECK(errors_of("require \"editheader\"; addheader \"A\" \"" + text + "\";") ==
        "1:37: addheader: the field is longer than 2048 octets\n");
}
