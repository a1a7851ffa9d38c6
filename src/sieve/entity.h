// SPDX-License-Identifier: MIT
// Body parts that a script puts into the message (replace, enclose, convert): header fields and body, with
// the line ends of the message.
#pragma once

#include "mail/edited_message.h"
#include "mail/part.h"

#include <string>
#include <string_view>

namespace sieve {

struct Entity {
  std::string fields; // each with its line end
  std::string body;

  std::string str(std::string_view line_end) const { return fields + std::string(line_end) + body; }
};

/// "\n" or "\r\n".
std::string_view line_end_of(const mail::EditedMessage& message);
/// Every line ended so.
std::string with_line_ends(std::string_view text, std::string_view line_end);

/// Text of that Content-Type, in the transfer encoding that it needs to stand for `place` (null: for the
/// whole message): no line of it is a delimiter of a multipart around it.
Entity text_entity(std::string_view text, std::string_view content_type, std::string_view line_end,
                   const mail::Part* place);
/// Any octets, in base64.
Entity binary_entity(std::string_view octets, std::string_view content_type, std::string_view line_end);

/// Speaks the field of the MIME structure (RFC 2045), so that it goes with the body?
bool is_mime_field(std::string_view name);

/// Does the part hold a header of RFC 5322 besides its MIME fields: the message, or one enclosed in it?
bool is_message_top(const mail::Part& part);
/// The part with `entity` as its content: the fields of a message that do not speak of its MIME structure
/// stay.
std::string with_content(const mail::Part& part, const Entity& entity, std::string_view line_end);

} // namespace sieve
