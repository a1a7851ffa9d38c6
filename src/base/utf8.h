// SPDX-License-Identifier: MIT
// UTF-8 (RFC 3629), read and written with no library: validity, code points, safe cuts.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace base {

inline constexpr char32_t replacement_character = 0xfffd;

struct CodePoint {
  char32_t value;     // replacement_character where the octets are no UTF-8
  std::size_t length; // octets taken, at least 1
  bool valid;
};

/// The code point at the front of a non-empty text; an octet that begins none is taken alone, as invalid.
CodePoint next_code_point(std::string_view text);

bool is_utf8(std::string_view text);
/// Appends a code point; surrogates and values over 0x10FFFF become U+FFFD.
void append_utf8(std::string& text, char32_t value);
/// The text with every octet that is not UTF-8 replaced by U+FFFD.
std::string to_valid_utf8(std::string_view text);
/// Code points; an invalid octet counts as one.
std::size_t count_code_points(std::string_view text);
/// The first `count` code points.
std::string_view first_code_points(std::string_view text, std::size_t count);
/// At most `octets` octets, cut where no code point is split.
std::string_view truncate_utf8(std::string_view text, std::size_t octets);

} // namespace base
