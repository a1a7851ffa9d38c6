// SPDX-License-Identifier: MIT
#include "sieve/lexer.h"

#include "base/ascii.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace sieve {

namespace {

constexpr bool is_name_start(char c) { return base::is_alpha(c) || c == '_'; }
constexpr bool is_name_character(char c) { return base::is_alnum(c) || c == '_'; }
constexpr std::string_view punctuation = "[](){},;/";

bool begins_something(char c) {
  return is_name_character(c) || base::is_space(c) || c == ':' || c == '"' || c == '#' ||
         (c != '\0' && punctuation.find(c) != std::string_view::npos);
}

/// Inside quotes.
constexpr bool stands_for_itself(char c) { return c != '"' && c != '\\' && c != '\n' && c != '\0'; }

/// Of the characters at the beginning that are all such.
template <bool (*such)(char)>
std::size_t length_of(std::string_view text) {
  std::size_t length = 0;
  while (length < text.size() && such(text[length])) ++length;
  return length;
}

/// Up to the closing quote, or what stands in the place of one.
std::size_t length_of_quoted(std::string_view text) {
  std::size_t length = 0;
  while (length < text.size() && text[length] != '"' && text[length] != '\0') {
    length += text[length] == '\\' ? 2 : 1;
  }
  return std::min(length, text.size());
}

/// What stands between quotes, as it is meant: a bare LF or CR LF in a script is CRLF in the string (RFC 5228
/// section 2.4.2).
std::string unquoted(std::string_view content) {
  std::string text;
  for (std::size_t i = 0; i < content.size(); ++i) {
    if (content[i] == '\\') {
      text += content[++i];
    } else if (content[i] == '\n') {
      text += "\r\n";
    } else if (content.substr(i, 2) != "\r\n") {
      text += content[i];
    }
  }
  return text;
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

Lexer::Lexer(std::string_view source, std::size_t identifier_length, Texts& texts)
    : rest_(source), identifier_length_(identifier_length), texts_(texts) {
  if (rest_.substr(0, 3) == "\xef\xbb\xbf") rest_.remove_prefix(3); // editors leave byte order marks
  line_begin_ = rest_.data();
}

/// Over what may have line ends in it.
void Lexer::advance_lines(std::size_t count) {
  const char* const end = rest_.data() + count;
  for (auto length = rest_.find('\n'); length < count; length = rest_.find('\n')) {
    advance(length);
    end_line();
    count = static_cast<std::size_t>(end - rest_.data());
  }
  advance(count);
}

void Lexer::end_line() {
  advance(1);
  line_begin_ = rest_.data();
  ++line_;
}

/// What was read since the token's beginning.
Token Lexer::make(Token::Kind kind, std::string_view text, std::uint64_t number) const {
  return {kind, start_, text, number, {token_begin_, static_cast<std::size_t>(rest_.data() - token_begin_)}};
}

Position Lexer::here() const { return {line_, static_cast<unsigned>(rest_.data() - line_begin_) + 1}; }

/// A token whose text does not stand in the script.
Token Lexer::kept(Token::Kind kind, std::string text) {
  return make(kind, texts_.emplace_front(std::move(text)));
}

/// False if an unterminated comment ended the script.
bool Lexer::skip_comment() {
  if (rest_.front() == '#') {
    const auto end = rest_.find('\n');
    advance_lines(end == std::string_view::npos ? rest_.size() : end + 1);
    return true;
  }
  const auto end = rest_.find("*/", 2);
  start_ = here();
  advance_lines(end == std::string_view::npos ? rest_.size() : end + 2);
  return end != std::string_view::npos;
}

void Lexer::skip_blanks() {
  while (!rest_.empty()) {
    if (rest_.front() == '\n') {
      end_line();
    } else if (base::is_space(rest_.front())) {
      advance(1);
    } else if (rest_.front() == '#' || rest_.substr(0, 2) == "/*") {
      if (!skip_comment()) endless_comment_ = true;
    } else {
      return;
    }
  }
}

std::string_view Lexer::word() const { return rest_.substr(0, length_of<is_name_character>(rest_)); }

Token Lexer::identifier() {
  const auto name = word();
  advance(name.size());
  if (!rest_.empty() && rest_.front() == ':' && base::equal_ignoring_case(name, "text")) return multi_line();
  if (name.size() > identifier_length_) {
    return error("this name is longer than " + std::to_string(identifier_length_) + " characters");
  }
  return make(Token::Kind::identifier, name);
}

Token Lexer::tag() {
  advance(1);
  const auto name = word();
  advance(name.size());
  if (name.empty() || base::is_digit(name.front())) return error("a tag name must follow the colon");
  if (name.size() > identifier_length_) {
    return error("this tag is longer than " + std::to_string(identifier_length_) + " characters");
  }
  return make(Token::Kind::tag, name);
}

/// All of them up to what begins something.
Token Lexer::unknown() {
  const auto end = std::find_if(rest_.begin(), rest_.end(), begins_something);
  const auto length = static_cast<std::size_t>(end - rest_.begin());
  const std::string shown = base::printable(rest_.substr(0, std::min(length, longest_shown)));
  advance(length);
  return kept(Token::Kind::unknown, "unexpected character `" + shown + "'");
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
  return make(Token::Kind::number, {}, value);
}

Token Lexer::quoted_string() {
  advance(1);
  const std::size_t as_meant = length_of<stands_for_itself>(rest_);
  const std::size_t length = as_meant + length_of_quoted(rest_.substr(as_meant));
  const auto content = rest_.substr(0, length);
  advance(as_meant);
  advance_lines(length - as_meant);
  if (rest_.empty()) return error("this string has no closing quote");
  const bool nul = rest_.front() == '\0';
  advance(1);
  if (nul) return error("a string cannot contain a NUL octet");
  if (as_meant == length) return make(Token::Kind::string, content);
  return kept(Token::Kind::string, unquoted(content));
}

/// "text:" *(SP / HTAB) (hash-comment / CRLF), lines with dots stuffed, a line with one dot.
Token Lexer::multi_line() {
  advance(1);
  advance(length_of<base::is_blank>(rest_));
  if (!rest_.empty() && rest_.front() == '#') advance(std::min(rest_.find('\n'), rest_.size()));
  if (rest_.substr(0, 2) == "\r\n") advance(1);
  if (rest_.empty() || rest_.front() != '\n') return error("a line break must follow text:");
  end_line();
  std::string text;
  while (!rest_.empty()) {
    const auto end = rest_.find('\n');
    std::string_view line = rest_.substr(0, end);
    const std::size_t taken = end == std::string_view::npos ? rest_.size() : end + 1;
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (line == ".") {
      advance(line.size());
      return kept(Token::Kind::string, std::move(text));
    }
    if (line.substr(0, 2) == "..") line.remove_prefix(1);
    if (line.find('\0') != std::string_view::npos) break;
    text += line;
    text += "\r\n";
    advance_lines(taken);
  }
  const bool nul = !rest_.empty();
  advance_lines(rest_.size());
  return error(nul ? "a text: block cannot contain a NUL octet"
                   : "this text: block has no end: a line with a single dot is missing");
}

Token Lexer::next() {
  skip_blanks();
  token_begin_ = rest_.data();
  if (std::exchange(endless_comment_, false)) return error("this comment has no end: */ is missing");
  start_ = here();
  if (rest_.empty()) return make(Token::Kind::end, {});
  const char c = rest_.front();
  if (is_name_start(c)) return identifier();
  if (base::is_digit(c)) return number();
  if (c == ':') return tag();
  if (c == '"') return quoted_string();
  if (!begins_something(c)) return unknown();
  const auto character = rest_.substr(0, 1);
  advance(1);
  return make(Token::Kind::punctuation, character);
}

std::string describe(const Token& token) {
  switch (token.kind) {
  case Token::Kind::identifier:
  case Token::Kind::punctuation: return '`' + std::string(token.text) + '\'';
  case Token::Kind::tag: return "tag :" + std::string(token.text);
  case Token::Kind::number: return "a number";
  case Token::Kind::string: return "a string";
  case Token::Kind::end: return "the end of the script";
  case Token::Kind::unknown: return "unknown characters";
  case Token::Kind::error: break;
  }
  return std::string(token.text);
}

} // namespace sieve
