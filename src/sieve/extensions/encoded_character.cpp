// SPDX-License-Identifier: MIT
// encoded-character (RFC 5228 section 2.4.2.4): complete. ${hex: ...} and ${unicode: ...} in string literals;
// what is not well formed stays as it is, a code point that cannot be is an error.
#include "base/ascii.h"
#include "base/utf8.h"
#include "sieve/compiler.h"

namespace sieve {

namespace {

constexpr char32_t highest = 0x10ffff;

/// The blank-separated hexadecimal numbers of `text`, none of more than `most_digits` digits; nothing if
/// `text` has anything else, or no number. One that is too high for a code point may come out as another
/// such.
std::optional<std::vector<char32_t>> hexadecimals(std::string_view text, std::size_t most_digits) {
  std::vector<char32_t> numbers;
  for (const auto word : base::words(text)) {
    if (word.size() > most_digits) return std::nullopt;
    char32_t value = 0;
    for (const char c : word) {
      const int digit = base::hex_value(c);
      if (digit < 0) return std::nullopt;
      value = value > highest ? value : value << 4 | static_cast<char32_t>(digit);
    }
    numbers.push_back(value);
  }
  if (numbers.empty()) return std::nullopt;
  return numbers;
}

/// What stands for ${hex:...}; nothing if it is not well formed.
std::optional<std::string> decode_hex(std::string_view text) {
  const auto octets = hexadecimals(text, 2);
  if (!octets) return std::nullopt;
  std::string result;
  for (const char32_t octet : *octets) result += static_cast<char>(static_cast<unsigned char>(octet));
  return result;
}

std::optional<std::string> decode_unicode(Compiler& compiler, Position position, std::string_view text) {
  const auto points = hexadecimals(text, std::string_view::npos);
  if (!points) return std::nullopt;
  std::string result;
  for (const char32_t point : *points) {
    if (point > highest || (point >= 0xd800 && point <= 0xdfff)) {
      compiler.error(position, "${unicode:...} names a code point that does not exist");
      break;
    }
    base::append_utf8(result, point);
  }
  return result;
}

std::string decode(Compiler& compiler, const StringLiteral& literal, std::string text) {
  std::string result;
  std::string_view rest = text;
  for (;;) {
    const auto start = rest.find("${");
    result += rest.substr(0, start);
    if (start == std::string_view::npos) return result;
    rest.remove_prefix(start);
    const auto end = rest.find_first_of("}$", 2); // no `$' stands inside: looking farther would be quadratic
    const bool closed = end != std::string_view::npos && rest[end] == '}';
    const std::string_view inside = closed ? rest.substr(2, end - 2) : "";
    std::optional<std::string> decoded;
    if (base::starts_with_ignoring_case(inside, "hex:")) decoded = decode_hex(inside.substr(4));
    if (base::starts_with_ignoring_case(inside, "unicode:")) {
      decoded = decode_unicode(compiler, literal.position, inside.substr(8));
    }
    result += decoded ? *decoded : std::string(rest.substr(0, 2));
    rest.remove_prefix(decoded ? end + 1 : 2);
  }
}

} // namespace

extern const Extension encoded_character_extension;
constinit const Extension encoded_character_extension = {
    .name = "encoded-character", .rfc = "5228", .by_ihave = false, .decode_text = decode};

} // namespace sieve
