// SPDX-License-Identifier: MIT
#include "mail/part.h"

#include "base/ascii.h"
#include "base/utf8.h"
#include "mail/charset.h"
#include "mail/html_text.h"
#include "mail/transfer_encoding.h"

namespace mail {

const std::string& Part::decoded() const {
  if (!decoded_) {
    auto octets_decoded = decode_transfer(body, encoding);
    decoded_ = octets_decoded ? std::move(*octets_decoded) : std::string(body);
  }
  return *decoded_;
}

const std::string& Part::text() const {
  if (type != "text" || text_) return text_ ? *text_ : decoded();
  const std::string* const charset = find_parameter(parameters, "charset");
  const std::string_view name = charset && !charset->empty() ? std::string_view(*charset) : "us-ascii";
  // No second copy of what needs no conversion.
  const bool superset =
      base::equal_ignoring_case(name, "utf-8") || base::equal_ignoring_case(name, "us-ascii");
  if (superset && base::is_utf8(decoded())) return decoded();
  auto converted = to_utf8(decoded(), name);
  if (!converted) return decoded();
  text_ = std::move(*converted);
  return *text_;
}

const std::string& Part::plain_text() const {
  const bool html =
      (type == "text" && subtype == "html") || (type == "application" && subtype == "xhtml+xml");
  if (!html) return text();
  if (!plain_text_) plain_text_ = html_to_text(text());
  return *plain_text_;
}

std::string Part::file_name() const {
  if (const Field* const field = find_field(fields, "Content-Disposition")) {
    const auto disposition = parse_parameters(field->value);
    if (const auto* name = find_parameter(disposition.parameters, "filename"); name && !name->empty())
      return *name;
  }
  const auto* const name = find_parameter(parameters, "name");
  return name ? *name : std::string();
}

} // namespace mail
