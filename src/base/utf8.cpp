// SPDX-License-Identifier: MIT
#include "base/utf8.h"

#include <cstdint>
#include <cstring>

namespace base {

namespace {

constexpr CodePoint invalid{replacement_character, 1, false};

struct Lead {
  std::size_t length;
  unsigned bits;
  char32_t least; // smaller values are overlong forms
};

Lead lead_of(unsigned char c) {
  if (c < 0x80) return {1, c, 0};
  if (c >= 0xc2 && c <= 0xdf) return {2, c & 0x1fU, 0x80};
  if (c >= 0xe0 && c <= 0xef) return {3, c & 0x0fU, 0x800};
  if (c >= 0xf0 && c <= 0xf4) return {4, c & 0x07U, 0x10000};
  return {0, 0, 0};
}

constexpr bool is_scalar(char32_t value) {
  return value <= 0x10ffff && !(value >= 0xd800 && value <= 0xdfff);
}

/// Octets at the front that are ASCII, by whole words: most mail is hardly anything else.
std::size_t leading_ascii(std::string_view text) {
  constexpr std::uint64_t high_bits = 0x8080808080808080;
  std::size_t length = 0;
  for (std::uint64_t word = 0; text.size() - length >= sizeof word; length += sizeof word) {
    std::memcpy(&word, text.data() + length, sizeof word);
    if ((word & high_bits) != 0) break;
  }
  return length;
}

} // namespace

CodePoint next_code_point(std::string_view text) {
  const Lead lead = lead_of(static_cast<unsigned char>(text.front()));
  if (lead.length == 0 || lead.length > text.size()) return invalid;
  char32_t value = lead.bits;
  for (std::size_t i = 1; i < lead.length; ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if ((c & 0xc0) != 0x80) return invalid;
    value = value << 6 | (c & 0x3fU);
  }
  if (value < lead.least || !is_scalar(value)) return invalid;
  return {value, lead.length, true};
}

bool is_utf8(std::string_view text) {
  for (;;) {
    text.remove_prefix(leading_ascii(text));
    if (text.empty()) return true;
    const CodePoint point = next_code_point(text);
    if (!point.valid) return false;
    text.remove_prefix(point.length);
  }
}

void append_utf8(std::string& text, char32_t value) {
  if (!is_scalar(value)) value = replacement_character;
  const auto put = [&](char32_t octet) { text += static_cast<char>(static_cast<unsigned char>(octet)); };
  if (value < 0x80) return put(value);
  if (value < 0x800) {
    put(0xc0 | value >> 6);
  } else {
    if (value < 0x10000) {
      put(0xe0 | value >> 12);
    } else {
      put(0xf0 | value >> 18);
      put(0x80 | (value >> 12 & 0x3f));
    }
    put(0x80 | (value >> 6 & 0x3f));
  }
  put(0x80 | (value & 0x3f));
}

std::string to_valid_utf8(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  while (!text.empty()) {
    const CodePoint point = next_code_point(text);
    append_utf8(result, point.value);
    text.remove_prefix(point.length);
  }
  return result;
}

std::size_t count_code_points(std::string_view text) {
  std::size_t count = 0;
  for (; !text.empty(); ++count) text.remove_prefix(next_code_point(text).length);
  return count;
}

std::string_view first_code_points(std::string_view text, std::size_t count) {
  std::size_t end = 0;
  for (; count > 0 && end < text.size(); --count) end += next_code_point(text.substr(end)).length;
  return text.substr(0, end);
}

std::string_view truncate_utf8(std::string_view text, std::size_t octets) {
  if (text.size() <= octets) return text;
  while (octets > 0 && (static_cast<unsigned char>(text[octets]) & 0xc0) == 0x80) --octets;
  return text.substr(0, octets);
}

} // namespace base
