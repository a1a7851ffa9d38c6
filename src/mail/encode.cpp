// SPDX-License-Identifier: MIT
// The encodings of compose.h: RFC 2045 section 6, RFC 2047.
#include "mail/compose.h"

#include "base/ascii.h"
#include "base/utf8.h"

#include <algorithm>

namespace mail {

namespace {

constexpr std::string_view word_start_b = "=?utf-8?b?", word_start_q = "=?utf-8?q?", word_end = "?=";
constexpr std::size_t word_room = 75 - word_start_b.size() - word_end.size(); // RFC 2047 section 2

void append_hex(std::string& out, char mark, char c) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  const auto octet = static_cast<unsigned char>(c);
  out += mark;
  out += digits[octet >> 4];
  out += digits[octet & 15];
}

// Base64 without line ends.
void append_base64(std::string& out, std::string_view octets) {
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const auto octet = [&](std::size_t i) {
    return i < octets.size() ? static_cast<unsigned>(static_cast<unsigned char>(octets[i])) : 0U;
  };
  for (std::size_t i = 0; i < octets.size(); i += 3) {
    const unsigned bits = octet(i) << 16 | octet(i + 1) << 8 | octet(i + 2);
    out += alphabet[bits >> 18];
    out += alphabet[bits >> 12 & 63];
    out += i + 1 < octets.size() ? alphabet[bits >> 6 & 63] : '=';
    out += i + 2 < octets.size() ? alphabet[bits & 63] : '=';
  }
}

// What may stand bare in a Q word wherever the word stands (RFC 2047 section 5 (3): in a phrase).
bool is_bare_in_q(char c) {
  return base::is_alnum(c) || c == '!' || c == '*' || c == '+' || c == '-' || c == '/';
}

std::size_t q_size(std::string_view text) {
  std::size_t size = 0;
  for (const char c : text) size += is_bare_in_q(c) || c == ' ' ? 1 : 3;
  return size;
}

std::string encoded_word(std::string_view text, bool base64) {
  std::string word(base64 ? word_start_b : word_start_q);
  if (base64) {
    append_base64(word, text);
  } else {
    for (const char c : text) {
      if (c == ' ')
        word += '_';
      else if (is_bare_in_q(c))
        word += c;
      else
        append_hex(word, '=', c);
    }
  }
  return word.append(word_end);
}

// As many encoded words as the text needs, divided by blanks, none splitting a character.
std::string encoded_words(std::string_view text) {
  const bool base64 = q_size(text) > text.size() * 2; // else Q, which a person can half read
  std::string result;
  while (!text.empty()) {
    std::size_t length = 0, room = base64 ? word_room / 4 * 3 : word_room;
    while (length < text.size()) {
      const auto character = text.substr(length, base::next_code_point(text.substr(length)).length);
      const auto size = base64 ? character.size() : q_size(character);
      if (size > room) break;
      room -= size;
      length += character.size();
    }
    if (!result.empty()) result += ' ';
    result += encoded_word(text.substr(0, length), base64);
    text.remove_prefix(length);
  }
  return result;
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string without_controls(std::string_view text) {
  std::string result(text);
  std::replace_if(
      result.begin(), result.end(), [](char c) { return base::is_control(c) && c != '\t'; }, ' ');
  return result;
}

bool is_atom_text(char c) {
  return base::is_alnum(c) || std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos;
}

// Atoms with single blanks between them, none of which looks like an encoded word.
bool is_plain_phrase(std::string_view name) {
  bool blank = true;
  for (const char c : name) {
    if (c == ' ' ? blank : !is_atom_text(c)) return false;
    blank = c == ' ';
  }
  return !blank && name.find("=?") == std::string_view::npos;
}

// One line of quoted-printable.
void append_quoted_line(std::string& out, std::string_view line) {
  std::size_t column = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    const bool last = i + 1 == line.size();
    // Blanks at the end get lost on the way; "From " and "." at the start are rewritten there (RFC 2049
    // section 3).
    const bool fragile =
        (base::is_blank(c) && last) || (i == 0 && (line.starts_with("From ") || line == "."));
    const bool bare = (c >= ' ' && c < 0x7f && c != '=') || c == '\t';
    const std::size_t size = bare && !fragile ? 1 : 3;
    if (column + size > (last ? 76U : 75U)) {
      out += "=\n";
      column = 0;
    }
    if (size == 1)
      out += c;
    else
      append_hex(out, '=', c);
    column += size;
  }
}

} // namespace

std::string encode_unstructured(std::string_view text) {
  const std::string clean =
      is_ascii(text) ? without_controls(text) : base::to_valid_utf8(without_controls(text));
  const std::string_view rest = clean;
  std::string result;
  // Words that need it are encoded; blanks between two such words must be encoded too, since a reader drops
  // them.
  std::size_t done = 0;
  for (std::size_t at = 0; at < rest.size();) {
    const auto start = std::min(rest.find_first_not_of(" \t", at), rest.size());
    auto end = std::min(rest.find_first_of(" \t", start), rest.size());
    at = end;
    if (is_ascii(rest.substr(start, end - start))) continue;
    while (at < rest.size()) {
      const auto next = std::min(rest.find_first_not_of(" \t", at), rest.size());
      at = std::min(rest.find_first_of(" \t", next), rest.size());
      if (is_ascii(rest.substr(next, at - next))) break;
      end = at;
    }
    result.append(rest.substr(done, start - done)).append(encoded_words(rest.substr(start, end - start)));
    done = at = end;
  }
  return result.append(rest.substr(done));
}

std::string encode_phrase(std::string_view name) {
  const std::string clean = without_controls(base::trim(name));
  if (!is_ascii(clean)) return encoded_words(base::to_valid_utf8(clean));
  if (clean.empty() || is_plain_phrase(clean)) return clean;
  std::string quoted = "\"";
  for (const char c : clean) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + '"';
}

std::string encode_base64(std::string_view octets) {
  std::string result;
  result.reserve(octets.size() / 57 * 77 + 80);
  for (; !octets.empty(); octets.remove_prefix(std::min<std::size_t>(57, octets.size()))) {
    append_base64(result, octets.substr(0, 57));
    result += '\n';
  }
  return result;
}

std::string encode_quoted_printable(std::string_view text) {
  std::string result;
  result.reserve(text.size() + text.size() / 8);
  while (!text.empty()) {
    const auto lf = text.find('\n');
    append_quoted_line(result, text.substr(0, lf));
    if (lf == std::string_view::npos) break;
    result += '\n';
    text.remove_prefix(lf + 1);
  }
  return result;
}

} // namespace mail
