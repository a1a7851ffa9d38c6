// SPDX-License-Identifier: MIT
// Charsets whose characters are one octet each, the lower half ASCII's.
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace mail {

/// What the octets from 0x80 to 0xff are in Unicode; 0 where they are nothing.
using UpperHalf = std::array<char16_t, 128>;

/// The charset that iconv calls `name`; null if it is none of these.
const UpperHalf* upper_half(std::string_view name);
/// To UTF-8; octets that are nothing become U+FFFD.
std::string octets_to_utf8(std::string_view text, const UpperHalf& charset);
/// From UTF-8; what the charset lacks becomes '?'.
std::string utf8_to_octets(std::string_view text, const UpperHalf& charset);

} // namespace mail
