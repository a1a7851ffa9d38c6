// SPDX-License-Identifier: MIT
// LF as stored, CRLF as RFC 5322 speaks of it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace mail {

/// The text with CR put before every LF that has none; a CR elsewhere stays as it is.
std::string to_crlf(std::string_view text);
/// to_crlf(text).size() without making it.
std::size_t crlf_size(std::string_view text);

} // namespace mail
