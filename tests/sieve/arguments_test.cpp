// SPDX-License-Identifier: MIT
// Arguments checked against specifications (RFC 5228 sections 2.6, 2.10.5): which mistake of a command is
// told, and how many there are.
#include "sieve/error.h"
#include "support.h"

#include "support/catch.h"

using sieve::Severity;
using sieve::test::errors_of;

namespace {

std::size_t count(const std::string& script, Severity severity) {
  sieve::Diagnostics diagnostics;
  sieve::compile(script, {.name = "test"}, diagnostics);
  std::size_t found = 0;
  for (const auto& diagnostic : diagnostics) found += diagnostic.severity == severity ? 1 : 0;
  return found;
}

} // namespace

TEST_CASE("of one command the first mistake is told: tags, parameters, place, number, type") {
  CHECK(errors_of("if header :nonsense :is \"a\" \"b\" { }") == "1:11: test `header' has no tag :nonsense\n");
  CHECK(errors_of("if header :is :is \"a\" \"b\" { }") == "1:15: tag :is is given twice\n");
  CHECK(errors_of("if header :comparator 1 \"a\" \"b\" { }") ==
        "1:11: tag :comparator wants a string after it\n");
  CHECK(errors_of("if header \"a\" :is \"b\" { }") ==
        "1:15: tag :is must stand before the other arguments of test `header'\n");
  CHECK(errors_of("if header \"a\" { }") == "1:4: test `header' wants 2 arguments besides its tags, not 1\n");
  CHECK(errors_of("redirect;") == "1:1: command `redirect' wants 1 argument besides its tags, not 0\n");
  CHECK(errors_of("stop 1;") == "1:1: command `stop' wants 0 arguments besides its tags, not 1\n");
  CHECK(errors_of("redirect 12;") == "1:10: argument 1 of command `redirect' must be a string\n");
  CHECK(errors_of("redirect [\"alice@example.org\"];") ==
        "1:10: argument 1 of command `redirect' must be a string\n");
  CHECK(errors_of("if size :over \"1\" { }") == "1:15: argument 1 of test `size' must be a number\n");
  CHECK(errors_of("if exists 1 { }") == "1:11: argument 1 of test `exists' must be a string list\n");
}

TEST_CASE("tests and blocks stand where they belong") {
  CHECK(errors_of("keep true;") == "1:1: `keep' takes no test: is a `;' missing?\n");
  CHECK(errors_of("keep (true, false);") == "1:1: `keep' takes no tests\n");
  CHECK(errors_of("keep { }") == "1:1: `keep' takes no block\n");
  CHECK(errors_of("if true;") == "1:1: `if' wants a block in braces\n");
  CHECK(errors_of("if { }") == "1:1: `if' wants one test\n");
  CHECK(errors_of("if (true, true) { }") == "1:1: `if' wants one test\n");
  CHECK(errors_of("if not { }") == "1:4: `not' wants one test\n");
  CHECK(errors_of("if allof true { }") == "1:4: `allof' wants a list of tests in parentheses\n");
  CHECK(errors_of("else true { }") == "1:1: `else' takes no test: is a `;' missing?\n");
}

TEST_CASE("elsif and else want an if before them") {
  const std::string orphan = "must stand directly after the block of if or elsif\n";
  CHECK(errors_of("if true { } keep; else { }") == "1:19: `else' " + orphan);
  CHECK(errors_of("if true { } else { } else { }") == "1:22: `else' " + orphan);
  CHECK(errors_of("if true { elsif true { } }") == "1:11: `elsif' " + orphan);
  CHECK(errors_of("if true { } elsif true { } elsif true { } else { }").empty());
}

TEST_CASE("an unknown name or tag is told once") {
  CHECK(errors_of("foo; Foo; if bar { foo; } if BAR { }") == "1:1: unknown command `foo'\n"
                                                             "1:14: unknown test `bar'\n");
  CHECK(errors_of("keep :x; keep :X; redirect :x \"alice@example.org\";") ==
        "1:6: command `keep' has no tag :x\n1:28: command `redirect' has no tag :x\n");
}

TEST_CASE("what stands inside a faulty command is judged all the same") {
  CHECK(errors_of("if header :nonsense \"a\" \"b\" { foo; } elsif bar { redirect; }") ==
        "1:11: test `header' has no tag :nonsense\n"
        "1:31: unknown command `foo'\n"
        "1:44: unknown test `bar'\n"
        "1:50: command `redirect' wants 1 argument besides its tags, not 0\n");
  CHECK(errors_of("if :x anyof(foo, not bar) { }") == "1:4: command `if' has no tag :x\n"
                                                      "1:13: unknown test `foo'\n"
                                                      "1:22: unknown test `bar'\n");
}

TEST_CASE("each stage ends with one summary, and the next does not run") {
  CHECK(count("foo; bar;", Severity::error) == 2);
  CHECK(count("foo; bar;", Severity::summary) == 1);
  CHECK(count("foo; bar", Severity::error) == 1);
  CHECK(count("foo; bar", Severity::summary) == 1);
  CHECK(count("keep;", Severity::summary) == 0);
}

TEST_CASE("require") {
  CHECK(errors_of("require \"fileinto\"; # again\nrequire [\"copy\", \"fileinto\"]; fileinto :copy \"a\";")
            .empty());
  CHECK(errors_of("require \"Fileinto\";") == "1:9: unsupported capability `Fileinto'\n");
  CHECK(errors_of("require [\"a\", \"b\"];") ==
        "1:10: unsupported capability `a'\n1:15: unsupported capability `b'\n");
  CHECK(errors_of("require [];") == "1:10: a string was expected, not `]'\n");
  CHECK(errors_of("if true { require \"fileinto\"; }") ==
        "1:11: `require' must stand before all other commands\n");
  CHECK(errors_of("fileinto :copy \"a\";\n") ==
        "1:1: unknown command `fileinto': require \"fileinto\" is missing\n");
  CHECK(errors_of("require \"fileinto\"; fileinto :copy \"a\";") ==
        "1:30: command `fileinto' has no tag :copy\n");
}

TEST_CASE("names and tags are case-insensitive") {
  CHECK(
      errors_of("REQUIRE \"fileinto\"; IF Header :IS :Comparator \"i;octet\" \"a\" \"b\" { FILEINTO \"x\"; }")
          .empty());
}

TEST_CASE("a script with very many mistakes tells the first hundred") {
  std::string script;
  for (int i = 0; i < 1000; ++i) script += "command" + std::to_string(i) + ";";
  CHECK(count(script, Severity::error) == 100);
  std::string broken;
  for (int i = 0; i < 1000; ++i) broken += "keep ];";
  CHECK(count(broken, Severity::error) == 100);
}
