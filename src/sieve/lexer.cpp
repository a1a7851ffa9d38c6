// SPDX-License-Identifier: MIT
#include "sieve/lexer.h"

#include "base/ascii.h"

#include <algorithm>
#include <limits>

namespace sieve {

namespace {

constexpr bool is_name_start(char c) { return base::is_alpha(c) || c == '_'; }
constexpr bool is_name_character(char c) { return base::is_alnum(c) || c == '_'; }
constexpr std::string_view punctuation = "[](){},;/";

bool begins_something(char c) {
  return is_name_character(c) || base::is_space(c) || c == ':' || c == '"' || c == '#' ||
         (c != '\0' && punctuation.find(c) != std::string_view::npos);
}

constexpr std::size_t longest_shown = 20; // of characters that begin nothing

/// Powers of two of RFC 5228 section 2.4.1; 0: no quantifier.
unsigned quantifier_shift(char c) {
  switch (base::to_lower(c)) {
  case 'k': return 10;
  case 'm': return 20;
  case 'g': return 30;
  default: return 0;
  }
}

} // namespace

Lexer::Lexer(std::string_view source, std::size_t identifier_length)
    : rest_(source), identifier_length_(identifier_length) {
  if (rest_.substr(0, 3) == "\xef\xbb\xbf") rest_.remove_prefix(3); // editors leave byte order marks
}

void Lexer::advance(std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    if (rest_[i] == '\n') {
      ++here_.line;
      here_.column = 1;
    } else {
      ++here_.column;
    }
  }
  rest_.remove_prefix(count);
}

Token Lexer::make(Token::Kind kind, std::string text) const { return {kind, start_, std::move(text)}; }
Token Lexer::error(std::string text) { return make(Token::Kind::error, std::move(text)); }

/// False if an unterminated comment ended the script.
bool Lexer::skip_comment() {
  if (rest_.front() == '#') {
    const auto end = rest_.find('\n');
    advance(end == std::string_view::npos ? rest_.size() : end + 1);
    return true;
  }
  const auto end = rest_.find("*/", 2);
  start_ = here_;
  advance(end == std::string_view::npos ? rest_.size() : end + 2);
  return end != std::string_view::npos;
}

void Lexer::skip_blanks() {
  while (!rest_.empty()) {
    if (base::is_space(rest_.front())) {
      advance(1);
    } else if (rest_.front() == '#' || rest_.substr(0, 2) == "/*") {
      if (!skip_comment()) comment_error_ = "this comment has no end: */ is missing";
    } else {
      return;
    }
  }
}

std::string_view Lexer::word() const {
  std::size_t length = 0;
  while (length < rest_.size() && is_name_character(rest_[length])) ++length;
  return rest_.substr(0, length);
}

Token Lexer::identifier() {
  std::string name(word());
  advance(name.size());
  if (base::equal_ignoring_case(name, "text") && !rest_.empty() && rest_.front() == ':') return multi_line();
  if (name.size() > identifier_length_) {
    return error("this name is longer than " + std::to_string(identifier_length_) + " characters");
  }
  return make(Token::Kind::identifier, std::move(name));
}

Token Lexer::tag() {
  advance(1);
  std::string name(word());
  advance(name.size());
  if (name.empty() || base::is_digit(name.front())) return error("a tag name must follow the colon");
  if (name.size() > identifier_length_) {
    return error("this tag is longer than " + std::to_string(identifier_length_) + " characters");
  }
  return make(Token::Kind::tag, std::move(name));
}

/// All of them up to what begins something.
Token Lexer::unknown() {
  const auto end = std::find_if(rest_.begin(), rest_.end(), begins_something);
  const auto length = static_cast<std::size_t>(end - rest_.begin());
  const std::string shown = base::printable(rest_.substr(0, std::min(length, longest_shown)));
  advance(length);
  return make(Token::Kind::unknown, "unexpected character `" + shown + "'");
}

Token Lexer::number() {
  constexpr auto most = std::numeric_limits<std::uint64_t>::max();
  std::uint64_t value = 0;
  bool overflow = false;
  while (!rest_.empty() && base::is_digit(rest_.front())) {
    const auto digit = static_cast<std::uint64_t>(rest_.front() - '0');
    overflow = overflow || value > (most - digit) / 10;
    value = value * 10 + digit;
    advance(1);
  }
  const unsigned shift = rest_.empty() ? 0 : quantifier_shift(rest_.front());
  if (shift > 0) {
    overflow = overflow || value > most >> shift;
    value <<= shift;
    advance(1);
  }
  if (overflow) return error("this number is too large");
  Token token = make(Token::Kind::number, {});
  token.number = value;
  return token;
}

/// A bare LF or CR LF in a script means CRLF in the string (RFC 5228 section 2.4.2).
void Lexer::append_line_end(std::string& text) {
  advance(rest_.front() == '\r' ? 2 : 1);
  text += "\r\n";
}

Token Lexer::quoted_string() {
  advance(1);
  std::string text;
  while (!rest_.empty()) {
    const char c = rest_.front();
    if (c == '"') {
      advance(1);
      return make(Token::Kind::string, std::move(text));
    }
    if (c == '\0') break;
    if (c == '\n' || rest_.substr(0, 2) == "\r\n") {
      append_line_end(text);
      continue;
    }
    const std::size_t plain = c == '\\' && rest_.size() > 1 ? 1 : 0;
    text += rest_[plain];
    advance(plain + 1);
  }
  const bool nul = !rest_.empty();
  if (nul) advance(1);
  return error(nul ? "a string cannot contain a NUL octet" : "this string has no closing quote");
}

/// "text:" *(SP / HTAB) (hash-comment / CRLF), lines with dots stuffed, a line with one dot.
Token Lexer::multi_line() {
  advance(1);
  while (!rest_.empty() && base::is_blank(rest_.front())) advance(1);
  if (!rest_.empty() && rest_.front() == '#') {
    const auto end = rest_.find('\n');
    advance(end == std::string_view::npos ? rest_.size() : end);
  }
  if (rest_.substr(0, 2) == "\r\n") advance(1);
  if (rest_.empty() || rest_.front() != '\n') return error("a line break must follow text:");
  advance(1);
  std::string text;
  while (!rest_.empty()) {
    const auto end = rest_.find('\n');
    std::string_view line = rest_.substr(0, end);
    const std::size_t taken = end == std::string_view::npos ? rest_.size() : end + 1;
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (line == ".") {
      advance(line.size());
      return make(Token::Kind::string, std::move(text));
    }
    if (line.substr(0, 2) == "..") line.remove_prefix(1);
    if (line.find('\0') != std::string_view::npos) break;
    text += line;
    text += "\r\n";
    advance(taken);
  }
  const bool nul = !rest_.empty();
  advance(rest_.size());
  return error(nul ? "a text: block cannot contain a NUL octet"
                   : "this text: block has no end: a line with a single dot is missing");
}

Token Lexer::next() {
  Token token = read();
  token.source = {token_begin_, static_cast<std::size_t>(rest_.data() - token_begin_)};
  return token;
}

Token Lexer::read() {
  skip_blanks();
  token_begin_ = rest_.data();
  if (!comment_error_.empty()) {
    Token token = error(comment_error_);
    comment_error_.clear();
    return token;
  }
  start_ = here_;
  if (rest_.empty()) return make(Token::Kind::end, {});
  const char c = rest_.front();
  if (is_name_start(c)) return identifier();
  if (base::is_digit(c)) return number();
  if (c == ':') return tag();
  if (c == '"') return quoted_string();
  if (!begins_something(c)) return unknown();
  advance(1);
  return make(Token::Kind::punctuation, std::string(1, c));
}

std::string describe(const Token& token) {
  switch (token.kind) {
  case Token::Kind::identifier: return "`" + token.text + "'";
  case Token::Kind::tag: return "tag :" + token.text;
  case Token::Kind::number: return "a number";
  case Token::Kind::string: return "a string";
  case Token::Kind::punctuation: return "`" + token.text + "'";
  case Token::Kind::end: return "the end of the script";
  case Token::Kind::unknown: return "unknown characters";
  case Token::Kind::error: break;
  }
  return token.text;
}

} // namespace sieve
