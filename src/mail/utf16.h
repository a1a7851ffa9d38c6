// SPDX-License-Identifier: MIT
// UTF-16 (RFC 2781) and UTF-32: code points in units of two or four octets.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace mail {

/// How the octets lie in a unit. What is neither labelled nor marked is little-endian, as browsers take it.
struct UnitForm {
  unsigned octets; // 2 or 4
  bool big_endian;
  bool marked; // U+FEFF at the front tells the order; it is no character of the text
};

/// "UTF-16", "UTF-16BE", "UTF-16LE", "UTF-32".
std::optional<UnitForm> unit_form(std::string_view name);
/// To UTF-8; what is no character becomes U+FFFD.
std::string units_to_utf8(std::string_view text, UnitForm form);
/// From UTF-8, with the mark if it is a marked form.
std::string utf8_to_units(std::string_view text, UnitForm form);

} // namespace mail
