// SPDX-License-Identifier: MIT
// Lengths of time in settings.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace sieve {

/// Seconds of "90", "90s", "15m", "12h", "7d", "2w", also "7 days"; nothing if it is none of these or more
/// than a century.
std::optional<std::int64_t> parse_period(std::string_view text);

} // namespace sieve
