// SPDX-License-Identifier: MIT
// The characters of addresses, common to the envelope's grammar (RFC 5321) and the header's (RFC 5322).
// Looser than both where mail in the wild is: dots stand anywhere in a local part, '_' and outer '-' in a
// domain.
#pragma once

#include "base/ascii.h"

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace mail {

constexpr bool is_eight_bit(char c) { return static_cast<unsigned char>(c) >= 0x80; }

/// RFC 5322 section 3.2.3, with the octets of UTF-8 (RFC 6532 section 3.2).
constexpr bool is_atext(char c) {
  return base::is_alnum(c) || is_eight_bit(c) ||
         std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos;
}

constexpr bool is_domain_char(char c) {
  return base::is_alnum(c) || is_eight_bit(c) || c == '.' || c == '-' || c == '_';
}

/// The index of the first character that is not `wanted`.
template <typename Predicate>
std::size_t end_of(std::string_view text, Predicate wanted) {
  return static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), wanted) - text.begin());
}

/// Where the address literal at the head of `text` ends, with its brackets; 0 if there is none. RFC
/// 5321 4.1.3.
inline std::size_t end_of_literal(std::string_view text) {
  if (text.empty() || text.front() != '[') return 0;
  const auto end = 1 + end_of(text.substr(1), [](char c) {
                     return c > ' ' && c <= '~' && c != '[' && c != '\\' && c != ']';
                   });
  return end > 1 && end < text.size() && text[end] == ']' ? end + 1 : 0;
}

/// Neither empty nor with two dots in a row or one at an end.
inline bool has_no_empty_label(std::string_view domain) {
  return !domain.empty() && domain.front() != '.' && domain.back() != '.' &&
         domain.find("..") == std::string_view::npos;
}

} // namespace mail
