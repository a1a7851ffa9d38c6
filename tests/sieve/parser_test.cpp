// SPDX-License-Identifier: MIT
// The generic grammar (RFC 5228 section 8.2): what breaks it, in the words a person reads, and how the parser
// goes on.
#include "sieve/parser.h"
#include "support.h"

#include "support/catch.h"

using sieve::test::errors_of;

namespace {

std::string repeated(const std::string& text, std::size_t count) {
  std::string result;
  for (std::size_t i = 0; i < count; ++i) result += text;
  return result;
}

sieve::SyntaxTree tree_of(std::string_view source) {
  sieve::Diagnostics diagnostics;
  auto tree = sieve::parse(source, "test", {}, diagnostics);
  CHECK(diagnostics.empty());
  return tree;
}

} // namespace

TEST_CASE("a tree of constructs") {
  const auto whole = tree_of("a :t 2K [\"x\", \"y\"] \"z\";\nb anyof(c, not d 1) { e; f {} }");
  const auto& tree = whole.commands;
  REQUIRE(tree.size() == 2);
  const auto& a = tree[0];
  REQUIRE(a.arguments.size() == 4);
  CHECK(a.arguments[0].tag == "t");
  CHECK(a.arguments[1].number == 2048);
  CHECK(a.arguments[2].bracketed);
  CHECK(a.arguments[2].strings[1].text == "y");
  CHECK(a.arguments[2].strings[1].position.column == 15);
  CHECK_FALSE(a.arguments[3].bracketed);
  CHECK_FALSE(a.block.has_value());
  const auto& b = tree[1];
  CHECK(b.position.line == 2);
  REQUIRE(b.tests.size() == 1);
  CHECK_FALSE(b.test_list);
  CHECK(b.tests[0].test_list);
  REQUIRE(b.tests[0].tests.size() == 2);
  CHECK(b.tests[0].tests[1].tests[0].name == "d");
  REQUIRE(b.block.has_value());
  CHECK(b.block->size() == 2);
  CHECK((*b.block)[1].block->empty());
}

TEST_CASE("an empty script, blanks and comments are no commands") {
  CHECK(tree_of("").commands.empty());
  CHECK(tree_of(" \r\n# x\n/* y */").commands.empty());
}

TEST_CASE("what is missing is named") {
  CHECK(errors_of("keep") == "1:5: `;' was expected after `keep', not the end of the script\n");
  CHECK(errors_of("keep }") == "1:6: `;' was expected after `keep', not `}'\n");
  CHECK(errors_of("if true { keep;") ==
        "1:16: `}' was expected to end the block of `if', not the end of the script\n");
  CHECK(errors_of("} keep;") == "1:1: a command was expected, not `}'\n");
  CHECK(errors_of("\"x\";") == "1:1: a command was expected, not a string\n");
  CHECK(errors_of(";") == "1:1: a command was expected, not `;'\n");
  CHECK(errors_of("if anyof() { }") ==
        "1:10: a test was expected, not `)'\n1:10: `anyof' has no tests in its list\n");
  CHECK(errors_of("if anyof(true, ) { }") == "1:16: a test was expected, not `)'\n");
  CHECK(errors_of("if anyof(true { }") == "1:15: `)' was expected to end the list of tests, not `{'\n");
  CHECK(errors_of("redirect [];") == "1:11: a string was expected, not `]'\n");
  CHECK(errors_of("redirect [\"a\" \"b\"];") ==
        "1:15: `]' was expected to end the list of strings, not a string\n");
  CHECK(errors_of("redirect [\"a\", 1];") == "1:16: a string was expected, not a number\n");
  CHECK(errors_of("redirect [\"a\"") ==
        "1:14: `]' was expected to end the list of strings, not the end of the script\n");
}

TEST_CASE("a broken token says itself what is wrong with it") {
  CHECK(errors_of("redirect \"a;\nkeep;") == "1:10: this string has no closing quote\n");
  CHECK(errors_of("if size :over 2X { keep; }") == "1:4: `size' takes no test: is a `;' missing?\n");
  CHECK(errors_of("keep; /* x") == "1:7: this comment has no end: */ is missing\n");
  CHECK(errors_of("keep % ;") == "1:6: unexpected character `%'\n"
                                 "1:6: `;' was expected after `keep', not unknown characters\n");
}

TEST_CASE("the parser goes on behind a broken command") {
  CHECK(errors_of("keep %;\nstop ];\nif true { discard :; keep; stop, }\nkeep") ==
        "1:6: unexpected character `%'\n"
        "1:6: `;' was expected after `keep', not unknown characters\n"
        "2:6: `;' was expected after `stop', not `]'\n"
        "3:19: a tag name must follow the colon\n"
        "3:32: `;' was expected after `stop', not `,'\n"
        "4:5: `;' was expected after `keep', not the end of the script\n");
}

TEST_CASE("a script that cannot be read is not validated too") {
  CHECK(errors_of("nonsense; keep") == "1:15: `;' was expected after `keep', not the end of the script\n");
}

TEST_CASE("nesting has a greatest depth") {
  CHECK(errors_of(repeated("if true {", 31) + repeated("}", 31)).empty());
  CHECK(errors_of(repeated("if true {", 32) + repeated("}", 32)) ==
        "1:289: blocks are nested deeper than 31 levels\n");
  CHECK(errors_of("if " + repeated("not ", 30) + "true { }").empty());
  CHECK(errors_of("if " + repeated("not ", 100) + "true { }") ==
        "1:128: tests are nested deeper than 31 levels\n");
  CHECK(errors_of("if " + repeated("anyof(", 100) + "true" + repeated(")", 100) + " { }") ==
        "1:190: tests are nested deeper than 31 levels\n");
}

TEST_CASE("arguments have a greatest number") {
  CHECK(errors_of("keep " + repeated("1 ", 33) + ";") == "1:70: `keep' has more than 32 arguments\n");
}
