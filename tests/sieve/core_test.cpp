// SPDX-License-Identifier: MIT
// The base language, RFC 5228, by its sections.
#include "support.h"

#include "support/catch.h"

using namespace sieve::test;

TEST_CASE("an empty script keeps") {
  CHECK(outcome_of("") == "implicit keep");
  CHECK(outcome_of("# nothing\n/* at all */") == "implicit keep");
}

TEST_CASE("control commands choose one branch") {
  CHECK(outcome_of("if true { discard; } else { keep; }") == "discard");
  CHECK(outcome_of("if false { discard; } elsif true { keep; } else { discard; }") == "keep; implicit keep");
  CHECK(outcome_of("if header :is \"subject\" \"x\" { discard; } elsif exists \"from\" { stop; } discard;") ==
        "implicit keep");
}

TEST_CASE("a branch that can never run need not be valid") {
  CHECK(errors_of("if false { nonsense \"x\"; }").empty());
  CHECK(errors_of("if true { keep; } else { nonsense; }").empty());
  CHECK(errors_of("if not true { nonsense; }").empty());
  CHECK(errors_of("if anyof(false, true) { keep; } elsif true { nonsense; }").empty());
  CHECK(errors_of("if true { nonsense; }") == "1:11: unknown command `nonsense'\n");
}

TEST_CASE("header looks at decoded values of each field") {
  CHECK(holds("", "header :is \"subject\" \"hello THERE\""));
  CHECK_FALSE(holds("", "header :is :comparator \"i;octet\" \"subject\" \"hello THERE\""));
  CHECK(holds("", "header :contains [\"to\", \"subject\"] [\"nobody\", \"carol\"]"));
  CHECK(holds("", "header :is \"x-empty\" \"\""));
  CHECK_FALSE(holds("", "header :contains \"x-absent\" \"\""));
  CHECK_FALSE(holds("", "header :is \"subject:\" \"Hello there\""));
  CHECK(holds("", "header :is \"subject\" \"caf\xc3\xa9 cr\xc3\xa8me\"",
              "Subject: =?utf-8?Q?caf=C3=A9?=\n =?iso-8859-1?Q?_cr=E8me?=\n\n"));
}

TEST_CASE("a field is read once, and again when it was edited") {
  const std::string script =
      "require [\"editheader\", \"fileinto\"];\n"
      "if not header :contains \"subject\" \"CAF\xc3\xa9\" { stop; }\n"
      "if header :contains :comparator \"i;octet\" \"subject\" \"CAF\" { stop; }\n"
      "if not header :contains :comparator \"i;octet\" \"subject\" \"caf\" { stop; }\n"
      "if not header :matches \"subject\" \"C*F?\xa9\" { stop; }\n"
      "if not header :is [\"x\", \"subject\"] \"caf\xc3\xa9\" { stop; }\n"
      "if not address \"from\" \"ALICE@example.org\" { stop; }\n"
      "deleteheader \"subject\"; deleteheader \"from\";\n"
      "addheader \"subject\" \"tea\"; addheader \"from\" \"bob@example.org\";\n"
      "if header :contains \"subject\" \"caf\" { stop; }\n"
      "if allof(header :contains \"subject\" \"TEA\", address \"from\" \"bob@example.org\",\n"
      "         not address \"from\" \"alice@example.org\") { fileinto \"A\"; }\n";
  CHECK(outcome_of(script, "From: alice@example.org\nSubject: =?utf-8?Q?caf=C3=A9?=\n\n") == "fileinto A");
}

TEST_CASE("matches: wildcards, escapes and back-tracking") {
  CHECK(holds("", "header :matches \"subject\" \"H*th?re\""));
  CHECK_FALSE(holds("", "header :matches \"subject\" \"H*th??re\""));
  CHECK(holds("", "header :matches \"subject\" \"*\""));
  CHECK(holds("", "header :matches \"s\" \"a*b*c\\\\*d\"", "S: aXbYbZc*d\n\n"));
  CHECK_FALSE(holds("", "header :matches \"s\" \"*?X\"", "S: X\n\n"));
}

TEST_CASE("address parts") {
  CHECK(holds("", "address :all \"from\" \"alice@example.org\""));
  CHECK(holds("", "address :localpart \"to\" [\"carol\"]"));
  CHECK(holds("", "address :domain :matches \"to\" \"*.com\""));
  CHECK(holds("\"subaddress\"", "address :detail \"to\" \"lists\""));
  CHECK(holds("\"subaddress\"", "address :user \"to\" \"bob\""));
  CHECK_FALSE(holds("\"subaddress\"", "address :detail :matches \"from\" \"*\""));
  CHECK(errors_of("if address \"subject\" \"x\" { }") ==
        "1:12: `subject' is no header field with addresses\n");
}

TEST_CASE("envelope") {
  CHECK(holds("\"envelope\"", "envelope :domain \"from\" \"example.org\""));
  CHECK(holds("\"envelope\", \"subaddress\"", "envelope :detail \"TO\" \"lists\""));
  sieve::MessageEnvelope null_sender;
  CHECK(outcome_of("require \"envelope\"; if envelope :domain \"from\" \"\" { discard; }", message,
                   sieve::Host(), &null_sender) == "discard");
}

TEST_CASE("size counts CRLF line ends") {
  // 9 + 4 octets with LF, three line ends
  const char* small = "Subj: x\n\nabc\n";
  CHECK(holds("", "size :over 15", small));
  CHECK_FALSE(holds("", "size :over 16", small));
  CHECK(holds("", "size :under 17", small));
  CHECK(holds("", "size :under 1K", small));
}

TEST_CASE("actions: duplicates merge, the implicit keep goes") {
  const std::string files = "require [\"fileinto\", \"copy\"];";
  CHECK(outcome_of(files + "fileinto \"a\"; fileinto \"a\";") == "fileinto a");
  CHECK(outcome_of(files + "fileinto :copy \"a\";") == "fileinto a :copy; implicit keep");
  CHECK(outcome_of(files + "fileinto \"inbox\"; keep;") == "keep; implicit keep");
  CHECK(outcome_of(files + "keep; fileinto \"INBOX\";") == "keep; implicit keep");
  CHECK(outcome_of("redirect \"x@EXAMPLE.org\"; redirect \"x@example.ORG\"; redirect \"X@example.org\";") ==
        "redirect x@EXAMPLE.org; redirect X@example.org");
}

TEST_CASE("errors at run time keep the mail and void the script") {
  CHECK(outcome_of("require \"reject\"; keep; reject \"no\";") ==
        "implicit keep; error: reject conflicts with the keep taken before");
  std::string many = "require \"fileinto\";";
  for (int i = 0; i < 33; ++i) many += "fileinto \"f" + std::to_string(i) + "\";";
  CHECK(outcome_of(many) == "implicit keep; error: total number of actions exceeds policy limit");
}

TEST_CASE("errors name their place") {
  CHECK(errors_of("keep\ndiscard;") == "1:1: `keep' takes no test: is a `;' missing?\n");
  CHECK(errors_of("fileinto \"x\";") == "1:1: unknown command `fileinto': require \"fileinto\" is missing\n");
  CHECK(errors_of("keep;\nrequire \"fileinto\";") == "2:1: `require' must stand before all other commands\n");
  CHECK(errors_of("require \"frobnicate\";") == "1:9: unsupported capability `frobnicate'\n");
  CHECK(errors_of("if header :matches :is \"a\" \"b\" { }") ==
        "1:20: tag :is cannot stand together with :matches\n");
  CHECK(errors_of("else { }") == "1:1: `else' must stand directly after the block of if or elsif\n");
  CHECK(errors_of("redirect \"nobody\";") == "1:10: redirect: `nobody' is no address\n");
}

TEST_CASE("an else behind another command is an error and no crash") {
  CHECK(errors_of("keep;\nelse { discard; }") ==
        "2:1: `else' must stand directly after the block of if or elsif\n");
  CHECK(errors_of("stop;\nelsif true { discard; }") ==
        "2:1: `elsif' must stand directly after the block of if or elsif\n");
}

TEST_CASE("a diagnostic on one line, for logs") {
  const sieve::Diagnostic diagnostic{sieve::Severity::error, "~/.sieve", {3, 14}, "two\nlines"};
  CHECK(sieve::headline(diagnostic) == "~/.sieve:3:14: error: two\\x0alines");
}
