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
    // RFC 2045 section 6.4: a multipart has no encoding of its own, whatever it says.
    auto plain = is_multipart() ? std::nullopt : decode_transfer(body, encoding);
    decoded_ = plain ? std::move(*plain) : std::string(body);
  }
  return *decoded_;
}

const std::string& Part::text() const {
  if (type != "text" || text_) return text_ ? *text_ : decoded();
  const std::string* const charset = find_parameter(parameters, "charset");
  const bool labelled = charset && !charset->empty();
  const bool superset = !labelled || base::equal_ignoring_case(*charset, "utf-8") ||
                        base::equal_ignoring_case(*charset, "us-ascii");
  if (superset && base::is_utf8(decoded())) return decoded(); // no second copy of what needs no conversion
  // What has no label and is no UTF-8 is read as browsers read it.
  auto converted = to_utf8(decoded(), labelled ? std::string_view(*charset) : "windows-1252");
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
