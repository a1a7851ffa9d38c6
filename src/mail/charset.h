// SPDX-License-Identifier: MIT
// Charsets of mail, the door to iconv(3). Unicode's and those of one octet need none, so they work in a
// static build and in a sandbox too; the others are iconv's. As browsers do, US-ASCII is read as UTF-8 and
// ISO-8859-1 as windows-1252, their supersets: that is what mail so labelled holds. Names: ASCII case and
// punctuation ignored.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace mail {

/// Is this a charset that the functions below convert? "unknown-8bit", "x-unknown" and rare ones are not.
bool is_known_charset(std::string_view charset);
/// To UTF-8; octets that are wrong in `charset` become U+FFFD. Nothing if the charset is not known.
std::optional<std::string> to_utf8(std::string_view text, std::string_view charset);
/// From UTF-8; characters that `charset` lacks become '?'. Nothing if the charset is not known.
std::optional<std::string> from_utf8(std::string_view text, std::string_view charset);

} // namespace mail
