// SPDX-License-Identifier: MIT
// Instants as RFC 3339 writes them, in the form of the "iso8601" date part (RFC 5260 section 4.2).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sieve {

/// "2026-11-21T10:15:30+01:00", with Z for offset zero; `offset` is seconds east of UTC.
std::string format_iso8601(std::int64_t seconds, int offset);

/// Seconds since 1970; fractions are dropped. Nothing if it is no date and time with its offset.
std::optional<std::int64_t> parse_iso8601(std::string_view text);

} // namespace sieve
