// SPDX-License-Identifier: MIT
#include "mail/part.h"

#include "base/ascii.h"
#include "base/utf8.h"
#include "mail/charset.h"
#include "mail/html_text.h"
#include "mail/transfer_encoding.h"

namespace mail {

std::string_view Part::decoded() const {
  // RFC 2045 section 6.4: a multipart has no encoding of its own, whatever it says.
  if (is_multipart() || is_identity_encoding(encoding)) return body;
  if (!decoded_) {
    auto plain = decode_transfer(body, encoding);
    if (!plain) return body;
    decoded_ = std::move(*plain);
  }
  return *decoded_;
}

std::string_view Part::text() const {
  if (!text_) text_ = type == "text" ? converted() : decoded();
  return *text_;
}

std::string_view Part::converted() const {
  const std::string* const charset = find_parameter(parameters, "charset");
  const bool labelled = charset && !charset->empty();
  const bool superset = !labelled || base::equal_ignoring_case(*charset, "utf-8") ||
                        base::equal_ignoring_case(*charset, "us-ascii");
  if (superset && base::is_utf8(decoded())) return decoded();
  // What has no label and is no UTF-8 is read as browsers read it.
  converted_ = to_utf8(decoded(), labelled ? std::string_view(*charset) : "windows-1252");
  return converted_ ? std::string_view(*converted_) : decoded();
}

std::string_view Part::plain_text() const {
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
