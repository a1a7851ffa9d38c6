// SPDX-License-Identifier: MIT
// Header fields as views over the message's octets (RFC 5322 section 2.2). Line ends may be LF (as stored) or
// CRLF.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace mail {

struct Field {
  std::string_view name;  // without blanks before the colon
  std::string_view value; // after the colon, folded as it stands, without the final line end
  std::string_view raw;   // the whole field with its final line end
};

/// Where header and body part.
struct Sections {
  std::string_view header; // all fields, each with its line end
  std::string_view body;   // after the blank line
  bool separated = false;  // a blank line was there; without one there is no body at all
};
Sections split_sections(std::string_view octets);

/// The fields of a header block in order. A line that is neither field nor continuation (garbage, an mbox
/// From_ line) is passed over. At most `limit` fields: what follows is not looked at (opaque, still
/// delivered).
std::vector<Field> parse_fields(std::string_view header, std::size_t limit = 10000);

/// The first field of that name (ASCII case ignored), or null.
const Field* find_field(const std::vector<Field>& fields, std::string_view name);

/// RFC 5322 section 2.2.3: line ends that precede white space are deleted; the white space stays.
std::string unfold(std::string_view value);

/// What a person reads: unfolded, encoded words (RFC 2047) decoded to UTF-8 with those adjacent joined and
/// broken ones left as they are, octets that are no UTF-8 kept, trimmed at both ends. RFC 5228 section 2.7.2.
std::string decode_header(std::string_view value);

/// Is `name` a field name of RFC 5322 section 2.2 (printable ASCII without colon, not empty)?
bool is_field_name(std::string_view name);

} // namespace mail
