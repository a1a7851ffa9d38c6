// SPDX-License-Identifier: MIT
// Text as protocols mean it: ASCII alone has case and blanks, and no locale has a say.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace base {

constexpr char to_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
constexpr char to_upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_alpha(char c) { return to_lower(c) >= 'a' && to_lower(c) <= 'z'; }
constexpr bool is_alnum(char c) { return is_digit(c) || is_alpha(c); }
constexpr bool is_blank(char c) { return c == ' ' || c == '\t'; }
constexpr bool is_space(char c) { return is_blank(c) || c == '\r' || c == '\n'; }
constexpr bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }
/// Value of a hexadecimal digit, -1 for any other character.
int hex_value(char c);

std::string lower(std::string_view text);
std::string upper(std::string_view text);
bool equal_ignoring_case(std::string_view a, std::string_view b);
bool starts_with_ignoring_case(std::string_view text, std::string_view prefix);

/// Without blanks, CR and LF at either end.
std::string_view trim(std::string_view text);
/// The pieces between `separator`s, empty ones included; an empty text is one empty piece.
std::vector<std::string_view> split(std::string_view text, char separator);
/// The blank-separated words, none of them empty.
std::vector<std::string_view> words(std::string_view text);

/// A decimal number without sign; nothing when empty, followed by anything, or over 2^64-1.
std::optional<std::uint64_t> parse_number(std::string_view text);

/// The text with control characters as \xNN, for logs and error messages: one line, whatever was in it.
std::string printable(std::string_view text);

/// Order without regard to ASCII case, for maps keyed by field or command names.
struct IgnoringCaseLess {
  using is_transparent = void;
  bool operator()(std::string_view a, std::string_view b) const;
};

} // namespace base
