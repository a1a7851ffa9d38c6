// SPDX-License-Identifier: MIT
// How ESMTP parameters carry arbitrary octets: xtext (RFC 3461 section 4) and its UTF-8 sibling (RFC 6533
// section 3).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace mail {

/// The octets behind an xtext; nothing when it is none (a lone '+', '=', a blank, an octet outside ASCII).
/// Control characters may come out: whoever puts the result into a header or a log must look.
std::optional<std::string> decode_xtext(std::string_view text);
std::string encode_xtext(std::string_view octets);

/// utf-8-addr-xtext or utf-8-addr-unitext: \x{HEX} is a code point, UTF-8 may stand for itself.
std::optional<std::string> decode_utf8_xtext(std::string_view text);

} // namespace mail
