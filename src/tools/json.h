// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace tools {

/// The text as a JSON string (RFC 8259), quotes included; octets that are no UTF-8 become U+FFFD.
std::string json_string(std::string_view text);

} // namespace tools
