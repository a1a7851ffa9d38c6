// SPDX-License-Identifier: MIT
#include "mail/octet_charsets.h"

#include "base/utf8.h"

#include <algorithm>
#include <iterator>

namespace mail {

namespace {

// Without a pointer: nothing for the loader to relocate at each start.
struct Charset {
  char name[13];
  UpperHalf upper_half;
};

// Sorted by name.
constexpr Charset charsets[] = {
#include "mail/octet_tables.inc"
};

char to_octet(char32_t value, const UpperHalf& charset) {
  if (value < 0x80) return static_cast<char>(value);
  const auto found = std::find(charset.begin(), charset.end(), value);
  return found == charset.end() ? '?' : static_cast<char>(0x80 + (found - charset.begin()));
}

} // namespace

const UpperHalf* upper_half(std::string_view name) {
  const auto found = std::lower_bound(std::begin(charsets), std::end(charsets), name,
                                      [](const Charset& charset, std::string_view wanted) {
                                        return std::string_view(charset.name) < wanted;
                                      });
  return found != std::end(charsets) && found->name == name ? &found->upper_half : nullptr;
}

std::string octets_to_utf8(std::string_view text, const UpperHalf& charset) {
  std::string result;
  result.reserve(text.size() + text.size() / 8);
  for (const char c : text) {
    const auto octet = static_cast<unsigned char>(c);
    if (octet < 0x80)
      result += c;
    else if (const char16_t value = charset[octet - 0x80U])
      base::append_utf8(result, value);
    else
      base::append_utf8(result, base::replacement_character);
  }
  return result;
}

std::string utf8_to_octets(std::string_view text, const UpperHalf& charset) {
  std::string result;
  while (!text.empty()) {
    const auto point = base::next_code_point(text);
    result += to_octet(point.value, charset);
    text.remove_prefix(point.length);
  }
  return result;
}

} // namespace mail
