// SPDX-License-Identifier: MIT
#include "tools/json.h"

#include "base/ascii.h"
#include "base/utf8.h"

namespace tools {

std::string json_string(std::string_view text) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string json = "\"";
  for (const char c : base::to_valid_utf8(text)) {
    if (c == '"' || c == '\\') {
      json += {'\\', c};
    } else if (c == '\n') {
      json += "\\n";
    } else if (base::is_control(c)) {
      const auto octet = static_cast<unsigned char>(c);
      json += {'\\', 'u', '0', '0', digits[octet >> 4], digits[octet & 15]};
    } else {
      json += c;
    }
  }
  return json + '"';
}

} // namespace tools
