// SPDX-License-Identifier: MIT
// Offsets from UTC: written as +hhmm, or as the zone of a place has them at an instant.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace sieve {

/// Seconds east of UTC in the local zone (TZ) at that instant.
int local_offset(std::int64_t seconds);

/// The same for "+hhmm", "-hhmm", or a zone of the IANA database ("Europe/Vienna"); nothing if it is neither.
std::optional<int> zone_offset(std::string_view zone, std::int64_t seconds);

} // namespace sieve
