// SPDX-License-Identifier: MIT
#include "mail/header.h"

#include "base/ascii.h"
#include "mail/encoded_word.h"

#include <algorithm>

namespace mail {

namespace {

// Takes a line with its line end from the front.
std::string_view take_line(std::string_view& text) {
  const auto lf = text.find('\n');
  const auto line = text.substr(0, lf == std::string_view::npos ? lf : lf + 1);
  text.remove_prefix(line.size());
  return line;
}

std::string_view without_line_end(std::string_view line) {
  if (!line.empty() && line.back() == '\n') {
    line.remove_suffix(1);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  }
  return line;
}

std::string_view without_trailing_blanks(std::string_view text) {
  while (!text.empty() && base::is_blank(text.back())) text.remove_suffix(1);
  return text;
}

} // namespace

Sections split_sections(std::string_view octets) {
  std::string_view rest = octets;
  while (!rest.empty()) {
    const auto start = octets.size() - rest.size();
    const auto line = take_line(rest);
    if (line == "\n" || line == "\r\n") return {octets.substr(0, start), rest, true};
  }
  return {octets, octets.substr(octets.size()), false};
}

std::vector<Field> parse_fields(std::string_view header, std::size_t limit) {
  std::vector<Field> fields;
  if (header.size() > 400) fields.reserve(32);
  std::string_view rest = header;
  while (!rest.empty() && fields.size() < limit) {
    const char* const start = rest.data();
    const auto first = take_line(rest);
    while (!rest.empty() && base::is_blank(rest.front())) take_line(rest);
    const auto colon = first.find(':');
    if (colon == std::string_view::npos) continue;
    const auto name = without_trailing_blanks(first.substr(0, colon));
    if (!is_field_name(name)) continue;
    const std::string_view raw(start, static_cast<std::size_t>(rest.data() - start));
    fields.push_back({name, without_line_end(raw).substr(colon + 1), raw});
  }
  return fields;
}

const Field* find_field(const std::vector<Field>& fields, std::string_view name) {
  const auto found = std::find_if(fields.begin(), fields.end(), [&](const Field& field) {
    return base::equal_ignoring_case(field.name, name);
  });
  return found == fields.end() ? nullptr : &*found;
}

std::string unfold(std::string_view value) {
  std::string result;
  result.reserve(value.size());
  for (;;) {
    const auto lf = value.find('\n');
    if (lf == std::string_view::npos) return result.append(value);
    const bool folded = lf + 1 < value.size() && base::is_blank(value[lf + 1]);
    const auto line = value.substr(0, lf + 1);
    result.append(folded ? without_line_end(line) : line);
    value.remove_prefix(lf + 1);
  }
}

std::string decode_header(std::string_view value) {
  std::string text = decode_encoded_words(unfold(value));
  const auto trimmed = base::trim(text);
  return trimmed.size() == text.size() ? std::move(text) : std::string(trimmed);
}

bool is_field_name(std::string_view name) {
  return !name.empty() &&
         std::all_of(name.begin(), name.end(), [](char c) { return c > ' ' && c < 0x7f && c != ':'; });
}

} // namespace mail
