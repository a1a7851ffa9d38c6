// SPDX-License-Identifier: MIT
// Writing mail: fields, encoded words, Message-IDs, for the trace fields and the messages that scripts send.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace mail {

/// RFC 2047 encoding of unstructured UTF-8 text where it needs it; ASCII text comes back as it is. Control
/// characters become blanks: no value can end its field.
std::string encode_unstructured(std::string_view text);
/// A display name as a phrase: atom words, quoted string, or encoded words (RFC 5322 section 3.2.5).
std::string encode_phrase(std::string_view name);
/// "Name: value" folded at blanks to lines of at most 78 characters where that is possible, with `line_end`
/// between them and none after the last. A line is never left longer than 998 octets.
std::string fold_field(std::string_view name, std::string_view value, std::string_view line_end = "\n");
/// "<...@host>" with time, pid and a random part.
std::string make_message_id(std::string_view host);
/// A boundary that does not occur in `text`.
std::string make_boundary(std::string_view text);
/// Base64 in lines of 76 characters (RFC 2045 section 6.8), each ended by LF.
std::string encode_base64(std::string_view octets);
/// Quoted-printable (RFC 2045 section 6.7) of text with LF line ends.
std::string encode_quoted_printable(std::string_view text);

} // namespace mail
