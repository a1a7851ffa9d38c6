// SPDX-License-Identifier: MIT
#include "mail/reply.h"

#include "base/ascii.h"
#include "base/utf8.h"

#include <string_view>

namespace mail {

namespace {

constexpr std::size_t longest_line = 512; // RFC 5321 section 4.5.3.1.5, with CRLF

/// One line's text as it may go over the wire. RFC 5321 section 4.2: HT, SP and graphic characters.
std::string cleaned(std::string_view line, bool utf8) {
  std::string text;
  for (const char c : line) {
    const bool ascii = static_cast<unsigned char>(c) < 0x80;
    if (c == '\t' || !base::is_control(c)) text += ascii || utf8 ? c : '?';
  }
  return utf8 ? base::to_valid_utf8(text) : text;
}

} // namespace

std::string Reply::wire(bool utf8) const {
  std::string_view rest = text;
  while (!rest.empty() && (rest.back() == '\n' || rest.back() == '\r')) rest.remove_suffix(1);
  std::string result;
  for (bool last = false; !last;) {
    const auto end = rest.find('\n');
    last = end == std::string_view::npos;
    std::string line = std::to_string(code) + (last ? ' ' : '-');
    if (!enhanced.empty()) line += enhanced + ' ';
    line += cleaned(rest.substr(0, end), utf8);
    result += base::truncate_utf8(line, longest_line - 2);
    result += "\r\n";
    if (!last) rest.remove_prefix(end + 1);
  }
  return result;
}

} // namespace mail
