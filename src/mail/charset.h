// SPDX-License-Identifier: MIT
// The door to iconv(3).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace mail {

/// To UTF-8; octets that are wrong in `charset` become U+FFFD. Nothing if the charset is not known.
std::optional<std::string> to_utf8(std::string_view text, std::string_view charset);
/// From UTF-8; characters that `charset` lacks become '?'. Nothing if the charset is not known.
std::optional<std::string> from_utf8(std::string_view text, std::string_view charset);

} // namespace mail
