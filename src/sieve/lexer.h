// SPDX-License-Identifier: MIT
// Tokens of a Sieve script (RFC 5228 section 8.1).
#pragma once

#include "sieve/error.h"
#include "sieve/syntax.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace sieve {

struct Token {
  /// error: something begun that is wrong in itself; unknown: characters that begin nothing.
  enum class Kind { identifier, tag, number, string, punctuation, end, error, unknown };
  Kind kind = Kind::end;
  Position position;
  /// Name, tag without colon, string content, the one character, or the error's sentence: a part of the
  /// script or, where it does not stand there, of the lexer's Texts.
  std::string_view text = {};
  std::uint64_t number = 0;
  std::string_view source = {}; // as it stands in the script, of which this is a part

  bool is(char c) const { return kind == Kind::punctuation && text.front() == c; }
};

class Lexer {
public:
  /// `source` and `texts` must outlive the lexer and its tokens. Line ends may be LF or CRLF.
  Lexer(std::string_view source, std::size_t identifier_length, Texts& texts);

  /// The next token; after an error the lexer stands behind what was wrong, so that one may go on.
  Token next();

private:
  void skip_blanks();
  bool skip_comment();
  void advance(std::size_t count) { rest_.remove_prefix(count); }
  void advance_lines(std::size_t count);
  void end_line();
  Position here() const;
  Token make(Token::Kind kind, std::string_view text, std::uint64_t number = 0) const;
  Token error(std::string text) { return kept(Token::Kind::error, std::move(text)); }
  Token kept(Token::Kind kind, std::string text);
  Token identifier();
  Token tag();
  Token unknown();
  Token number();
  Token quoted_string();
  Token multi_line();
  std::string_view word() const;

  std::string_view rest_;
  const char* line_begin_;
  const char* token_begin_ = nullptr; // where the token that is read starts
  std::size_t identifier_length_;
  Texts& texts_;
  unsigned line_ = 1;
  Position start_{1, 1};
  bool endless_comment_ = false;
};

/// "identifier `keep'", "end of script", ... for messages.
std::string describe(const Token& token);

} // namespace sieve
