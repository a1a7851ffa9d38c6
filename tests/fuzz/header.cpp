// SPDX-License-Identifier: MIT
// Header blocks, unfolding, encoded words.
#include "fuzz.h"

#include "mail/encoded_word.h"
#include "mail/header.h"

using fuzz::require;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto octets = fuzz::text(data, size);
  const auto sections = mail::split_sections(octets);
  require(sections.header.size() + sections.body.size() <= octets.size(),
          "header and body are parts of the whole");
  require(octets.starts_with(sections.header) && octets.ends_with(sections.body),
          "and stand at its two ends");
  for (const auto& field : mail::parse_fields(sections.header, 1000)) {
    require(field.raw.size() > field.name.size() + field.value.size(), "a field has a colon");
    require(mail::unfold(field.value).size() <= field.value.size(), "unfolding takes away");
    const auto decoded = mail::decode_header(field.value);
    if (field.value.find("=?") == std::string_view::npos) // an encoded word may hold a line end
      require(decoded.find("\n ") == std::string::npos, "what is decoded is unfolded");
  }
  mail::decode_encoded_words(octets);
  return 0;
}
