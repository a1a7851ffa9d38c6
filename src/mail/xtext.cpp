// SPDX-License-Identifier: MIT
#include "mail/xtext.h"

#include "base/ascii.h"
#include "base/utf8.h"

namespace mail {

namespace {

constexpr bool is_graphic(char c) { return c >= '!' && c <= '~'; }

/// Reads "{HEX}" at the front of `text` and removes it.
std::optional<char32_t> take_code_point(std::string_view& text) {
  if (text.empty() || text.front() != '{') return std::nullopt;
  const auto end = text.substr(0, 8).find('}');
  if (end == std::string_view::npos || end == 1) return std::nullopt;
  char32_t value = 0;
  for (const char c : text.substr(1, end - 1)) {
    const int digit = base::hex_value(c);
    if (digit < 0) return std::nullopt;
    value = value * 16 + static_cast<char32_t>(digit);
  }
  if (value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff)) return std::nullopt;
  text.remove_prefix(end + 1);
  return value;
}

} // namespace

std::optional<std::string> decode_xtext(std::string_view text) {
  std::string octets;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!is_graphic(text[i]) || text[i] == '=') return std::nullopt;
    if (text[i] != '+') {
      octets += text[i];
      continue;
    }
    if (text.size() - i < 3) return std::nullopt;
    const int high = base::hex_value(text[i + 1]);
    const int low = base::hex_value(text[i + 2]);
    if (high < 0 || low < 0) return std::nullopt;
    octets += static_cast<char>(static_cast<unsigned char>(high * 16 + low));
    i += 2;
  }
  return octets;
}

std::string encode_xtext(std::string_view octets) {
  static constexpr char digits[] = "0123456789ABCDEF";
  std::string text;
  for (const char c : octets) {
    if (is_graphic(c) && c != '+' && c != '=') {
      text += c;
      continue;
    }
    const auto octet = static_cast<unsigned char>(c);
    text += {'+', digits[octet >> 4], digits[octet & 15]};
  }
  return text;
}

std::optional<std::string> decode_utf8_xtext(std::string_view text) {
  if (!base::is_utf8(text)) return std::nullopt;
  std::string decoded;
  while (!text.empty()) {
    const char c = text.front();
    text.remove_prefix(1);
    if (base::is_control(c) || c == ' ' || c == '=') return std::nullopt;
    if (c != '\\') {
      decoded += c;
      continue;
    }
    if (text.empty() || text.front() != 'x') return std::nullopt;
    text.remove_prefix(1);
    const auto value = take_code_point(text);
    if (!value) return std::nullopt;
    base::append_utf8(decoded, *value);
  }
  return decoded;
}

} // namespace mail
