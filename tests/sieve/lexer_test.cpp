// SPDX-License-Identifier: MIT
// Tokens: RFC 5228 sections 2.1 to 2.4 and 8.1.
#include "sieve/lexer.h"

#include "support/catch.h"

using sieve::Lexer;
using sieve::Token;

namespace {

/// "1:1 `keep'; 1:5 `;'": place and description of each token, a string's text in angle brackets.
std::string tokens(std::string_view source) {
  sieve::Texts texts;
  Lexer lexer(source, 32, texts);
  std::string text;
  for (int i = 0; i < 1000; ++i) {
    const Token token = lexer.next();
    if (token.kind == Token::Kind::end) return text;
    text += (text.empty() ? "" : "; ") + std::to_string(token.position.line) + ':' +
            std::to_string(token.position.column) + ' ';
    if (token.kind == Token::Kind::string) {
      text += '<' + std::string(token.text) + '>';
    } else if (token.kind == Token::Kind::number) {
      text += std::to_string(token.number);
    } else {
      text += token.kind == Token::Kind::unknown ? token.text : describe(token);
    }
  }
  return text + "...";
}

} // namespace

TEST_CASE("tokens have places") {
  CHECK(tokens("").empty());
  CHECK(tokens("if :over[\"a\",2] {\r\n  Keep;\n}") ==
        "1:1 `if'; 1:4 tag :over; 1:9 `['; 1:10 <a>; 1:13 `,'; 1:14 2; 1:15 `]'; 1:17 `{'; 2:3 `Keep'; 2:7 "
        "`;'; "
        "3:1 `}'");
  CHECK(tokens("\xef\xbb\xbfkeep") == "1:1 `keep'");
}

TEST_CASE("comments are white space") {
  CHECK(tokens("# a\nkeep/* b\n */;#c") == "2:1 `keep'; 3:4 `;'");
  CHECK(tokens("/* /* no nesting */ keep") == "1:21 `keep'");
  CHECK(tokens("/**/ /***/ keep") == "1:12 `keep'");
  CHECK(tokens("keep /* no end") == "1:1 `keep'; 1:6 this comment has no end: */ is missing");
  CHECK(tokens("keep / 2") == "1:1 `keep'; 1:6 `/'; 1:8 2");
}

TEST_CASE("numbers have quantifiers") {
  CHECK(tokens("0 7 100K 2m 1G") == "1:1 0; 1:3 7; 1:5 102400; 1:10 2097152; 1:13 1073741824");
  CHECK(tokens("18446744073709551615") == "1:1 18446744073709551615");
  CHECK(tokens("18446744073709551616") == "1:1 this number is too large");
  CHECK(tokens("17179869183G") == "1:1 18446744072635809792");
  CHECK(tokens("17179869184G") == "1:1 this number is too large");
  CHECK(tokens("12x") == "1:1 12; 1:3 `x'");
  CHECK(tokens("1KB") == "1:1 1024; 1:3 `B'");
  CHECK(tokens("-1") == "1:1 unexpected character `-'; 1:2 1");
}

TEST_CASE("quoted strings") {
  CHECK(tokens(R"("")") == "1:1 <>");
  CHECK(tokens(R"("a\"b\\c\d")") == R"(1:1 <a"b\cd>)");
  CHECK(tokens("\"a\nb\r\nc\"") == "1:1 <a\r\nb\r\nc>");
  CHECK(tokens("\"a\\\nb\"") == "1:1 <a\nb>");
  CHECK(tokens("\"caf\xc3\xa9\" x") == "1:1 <caf\xc3\xa9>; 1:9 `x'");
  CHECK(tokens("\"a\nb\" x \"\\\"\\\n\r\n\" y") == "1:1 <a\r\nb>; 2:4 `x'; 2:6 <\"\n\r\n>; 4:3 `y'");
  CHECK(tokens("\"no end; keep") == "1:1 this string has no closing quote");
  CHECK(tokens("\"no end\\") == "1:1 this string has no closing quote");
  CHECK(tokens({"\"a\0b\"", 5}) ==
        "1:1 a string cannot contain a NUL octet; 1:4 `b'; 1:5 this string has no closing quote");
}

TEST_CASE("multi-line strings") {
  CHECK(tokens("text:\na\n..b\n.c\n\n.\n;") == "1:1 <a\r\n.b\r\n.c\r\n\r\n>; 7:1 `;'");
  CHECK(tokens("text: # why\r\na\r\n.\r\n;") == "1:1 <a\r\n>; 4:1 `;'");
  CHECK(tokens("TEXT:\t\n.\n{") == "1:1 <>; 3:1 `{'");
  CHECK(tokens("text:\n.") == "1:1 <>");
  CHECK(tokens("text: a\n.\n") ==
        "1:1 a line break must follow text:; 1:7 `a'; 2:1 unexpected character `.'");
  CHECK(tokens("text:\na\n") == "1:1 this text: block has no end: a line with a single dot is missing");
  CHECK(tokens("text:\n. \n") == "1:1 this text: block has no end: a line with a single dot is missing");
  CHECK(tokens("text") == "1:1 `text'");
  CHECK(tokens("text :a") == "1:1 `text'; 1:6 tag :a");
}

TEST_CASE("names have a greatest length") {
  const std::string longest(32, 'a');
  CHECK(tokens(longest) == "1:1 `" + longest + "'");
  CHECK(tokens(longest + "a") == "1:1 this name is longer than 32 characters");
  CHECK(tokens(":" + longest + "a") == "1:1 this tag is longer than 32 characters");
  CHECK(tokens(": a") == "1:1 a tag name must follow the colon; 1:3 `a'");
  CHECK(tokens(":1") == "1:1 a tag name must follow the colon");
}

TEST_CASE("octets that begin no token") {
  CHECK(tokens("\xe9 %\x01") == "1:1 unexpected character `\xe9'; 1:3 unexpected character `%\\x01'");
  CHECK(tokens({"\0", 1}) == "1:1 unexpected character `\\x00'");
}

TEST_CASE("tokens know how the script writes them") {
  sieve::Texts texts;
  Lexer lexer("\xef\xbb\xbf Keep # x\n10k \"a\\\\b\"/**/text: # c\r\n..\r\n.\r\n;", 32, texts);
  std::vector<std::string> sources;
  for (Token token = lexer.next(); token.kind != Token::Kind::end; token = lexer.next()) {
    sources.emplace_back(token.source);
  }
  CHECK(sources == std::vector<std::string>{"Keep", "10k", "\"a\\\\b\"", "text: # c\r\n..\r\n.", ";"});
}
