// SPDX-License-Identifier: MIT
// Tokens of a Sieve script (RFC 5228 section 8.1).
#pragma once

#include "sieve/error.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace sieve {

struct Token {
  /// error: something begun that is wrong in itself; unknown: characters that begin nothing.
  enum class Kind { identifier, tag, number, string, punctuation, end, error, unknown };
  Kind kind = Kind::end;
  Position position;
  std::string text; // name, tag without colon, string content, the one character, or the error's sentence
  std::uint64_t number = 0;
  std::string_view source = {}; // as it stands in the script, of which this is a part

  bool is(char c) const { return kind == Kind::punctuation && text.front() == c; }
};

class Lexer {
public:
  /// `source` must outlive the lexer. Line ends may be LF or CRLF.
  explicit Lexer(std::string_view source, std::size_t identifier_length);

  /// The next token; after an error the lexer stands behind what was wrong, so that one may go on.
  Token next();

private:
  Token read();
  void skip_blanks();
  bool skip_comment();
  void advance(std::size_t count);
  Token make(Token::Kind kind, std::string text) const;
  Token error(std::string text);
  Token identifier();
  Token tag();
  Token unknown();
  Token number();
  Token quoted_string();
  Token multi_line();
  std::string_view word() const;
  void append_line_end(std::string& text);

  std::string_view rest_;
  const char* token_begin_ = nullptr; // where the token that is read starts
  std::size_t identifier_length_;
  Position here_{1, 1};
  Position start_{1, 1};
  std::string comment_error_;
};

/// "identifier `keep'", "end of script", ... for messages.
std::string describe(const Token& token);

} // namespace sieve
