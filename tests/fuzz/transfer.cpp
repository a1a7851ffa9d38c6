// SPDX-License-Identifier: MIT
// Transfer encodings, charsets and HTML: the first line names the encoding and the charset.
#include "fuzz.h"

#include "base/utf8.h"
#include "mail/charset.h"
#include "mail/html_text.h"
#include "mail/transfer_encoding.h"

#include <string>

using fuzz::require;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = fuzz::text(data, size);
  const auto line = text.substr(0, text.find('\n'));
  const auto rest = text.substr(std::min(line.size() + 1, text.size()));
  const auto blank = line.find(' ');
  const auto encoding = line.substr(0, blank);
  const auto charset = blank == std::string_view::npos ? std::string_view() : line.substr(blank + 1);
  const auto decoded = mail::decode_transfer(rest, encoding).value_or(std::string(rest));
  require(decoded.size() <= rest.size(), "decoding makes nothing longer");
  if (const auto utf8 = mail::to_utf8(decoded, charset)) {
    require(base::is_utf8(*utf8), "what was converted to UTF-8 is UTF-8");
    require(mail::from_utf8(*utf8, charset).has_value(), "a charset works both ways");
  }
  mail::html_to_text(decoded);
  mail::decode_quoted_printable(rest);
  mail::decode_base64(rest);
  mail::decode_uuencode(rest);
  return 0;
}
