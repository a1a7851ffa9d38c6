// SPDX-License-Identifier: MIT
#include "base/ascii.h"

#include <algorithm>
#include <charconv>

namespace base {

int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  const char l = to_lower(c);
  return l >= 'a' && l <= 'f' ? l - 'a' + 10 : -1;
}

namespace {

/// Blocks of a constant size are what compilers make vector instructions of, also at -O2.
template <class Map>
std::string mapped(std::string_view text, Map map) {
  constexpr std::size_t block = 32;
  std::string result(text);
  char* at = result.data();
  char* const end = at + result.size();
  for (; end - at >= static_cast<std::ptrdiff_t>(block); at += block)
    for (std::size_t i = 0; i < block; ++i) at[i] = map(at[i]);
  std::transform(at, end, at, map);
  return result;
}

} // namespace

std::string lower(std::string_view text) {
  return mapped(text, [](char c) { return to_lower(c); });
}

std::string upper(std::string_view text) {
  return mapped(text, [](char c) { return to_upper(c); });
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return to_lower(x) == to_lower(y); });
}

bool starts_with_ignoring_case(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() && equal_ignoring_case(text.substr(0, prefix.size()), prefix);
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> pieces;
  for (;;) {
    const auto end = text.find(separator);
    pieces.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return pieces;
    text.remove_prefix(end + 1);
  }
}

std::vector<std::string_view> words(std::string_view text) {
  std::vector<std::string_view> found;
  while (!(text = trim(text)).empty()) {
    const auto end = std::find_if(text.begin(), text.end(), is_space);
    const auto length = static_cast<std::size_t>(end - text.begin());
    found.push_back(text.substr(0, length));
    text.remove_prefix(length);
  }
  return found;
}

std::optional<std::uint64_t> parse_number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return value;
}

std::string printable(std::string_view text) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string result;
  result.reserve(text.size());
  for (const char c : text) {
    if (!is_control(c)) {
      result += c;
      continue;
    }
    const auto octet = static_cast<unsigned char>(c);
    result += {'\\', 'x', digits[octet >> 4], digits[octet & 15]};
  }
  return result;
}

bool IgnoringCaseLess::operator()(std::string_view a, std::string_view b) const {
  return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
    return static_cast<unsigned char>(to_lower(x)) < static_cast<unsigned char>(to_lower(y));
  });
}

} // namespace base
