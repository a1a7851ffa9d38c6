// SPDX-License-Identifier: MIT
#include "sieve/entity.h"

#include "base/ascii.h"
#include "mail/compose.h"

#include <algorithm>

namespace sieve {

namespace {

/// RFC 5321 section 4.5.3.1.6, without the line end.
constexpr std::size_t longest_line = 998;

bool is_seven_bit(std::string_view text) {
  const auto fits = [](char c) { return static_cast<unsigned char>(c) < 0x80 && c != '\0'; };
  if (!std::all_of(text.begin(), text.end(), fits)) return false;
  const auto lines = base::split(text, '\n');
  return std::all_of(lines.begin(), lines.end(),
                     [](std::string_view line) { return line.size() <= longest_line; });
}

bool holds_delimiter(std::string_view text, const mail::Part* place) {
  for (const mail::Part* part = place; part != nullptr; part = part->parent) {
    if (!part->is_multipart()) continue;
    const auto* boundary = mail::find_parameter(part->parameters, "boundary");
    const std::string delimiter = boundary != nullptr ? "--" + *boundary : std::string();
    if (delimiter.empty()) continue;
    if (text.starts_with(delimiter) || text.find("\n" + delimiter) != std::string_view::npos) return true;
  }
  return false;
}

std::string fields(std::string_view content_type, std::string_view encoding, std::string_view line_end) {
  std::string text = mail::fold_field("Content-Type", content_type, line_end);
  text.append(line_end).append("Content-Transfer-Encoding: ").append(encoding).append(line_end);
  return text;
}

} // namespace

std::string_view line_end_of(const mail::EditedMessage& message) {
  for (const mail::Field& field : message.fields()) {
    if (field.raw.ends_with("\n")) return field.raw.ends_with("\r\n") ? "\r\n" : "\n";
  }
  return "\n";
}

std::string with_line_ends(std::string_view text, std::string_view line_end) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
    if (text[i] == '\n') {
      result += line_end;
    } else {
      result += text[i];
    }
  }
  return result;
}

Entity text_entity(std::string_view text, std::string_view content_type, std::string_view line_end,
                   const mail::Part* place) {
  std::string plain = with_line_ends(text, "\n");
  if (!plain.empty() && plain.back() != '\n') plain += '\n';
  const mail::Part* around = place != nullptr ? place->parent : nullptr;
  const bool seven_bit = is_seven_bit(plain);
  const std::string body = seven_bit ? plain : mail::encode_quoted_printable(plain);
  if (holds_delimiter(body, around)) return binary_entity(plain, content_type, line_end);
  return {fields(content_type, seven_bit ? "7bit" : "quoted-printable", line_end),
          with_line_ends(body, line_end)};
}

Entity binary_entity(std::string_view octets, std::string_view content_type, std::string_view line_end) {
  return {fields(content_type, "base64", line_end), with_line_ends(mail::encode_base64(octets), line_end)};
}

bool is_mime_field(std::string_view name) {
  return base::starts_with_ignoring_case(name, "Content-") || base::equal_ignoring_case(name, "MIME-Version");
}

bool is_message_top(const mail::Part& part) { return part.parent == nullptr || part.parent->is_message(); }

std::string with_content(const mail::Part& part, const Entity& entity, std::string_view line_end) {
  if (!is_message_top(part)) return entity.str(line_end);
  std::string text;
  for (const mail::Field& field : part.fields) {
    if (is_mime_field(field.name)) continue;
    text += field.raw;
    if (!field.raw.ends_with("\n")) text += line_end;
  }
  return text.append("MIME-Version: 1.0").append(line_end).append(entity.str(line_end));
}

} // namespace sieve
