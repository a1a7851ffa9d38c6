// SPDX-License-Identifier: MIT
// Content transfer encodings removed (RFC 2045 section 6). No decoder fails: what is broken is passed over or
// kept.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace mail {

/// Octets outside the alphabet are passed over; the first '=' ends the data; bits left over are dropped.
std::string decode_base64(std::string_view text);
/// Soft line breaks joined, blanks at line ends dropped, '=' without two hexadecimal digits kept as it is.
/// Line ends stay as they are.
std::string decode_quoted_printable(std::string_view text);
/// The first file of a uuencoded text (POSIX uuencode), what stands around it dropped; the text itself if it
/// holds none.
std::string decode_uuencode(std::string_view text);

/// Is this the name (in lower case) of an encoding that changes nothing: 7bit, 8bit, binary or empty?
bool is_identity_encoding(std::string_view encoding);
/// The text with the encoding of that lower-case name removed; nothing if the name is unknown.
std::optional<std::string> decode_transfer(std::string_view text, std::string_view encoding);

} // namespace mail
