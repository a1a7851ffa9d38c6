// SPDX-License-Identifier: MIT
// Dates of header fields (RFC 5322 section 3.3, obsolete forms too) and back.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mail {

struct Date {
  std::int64_t seconds = 0; // since 1970-01-01 00:00 UTC
  int zone = 0;             // minutes east of UTC, as written
};

/// Comments and folding allowed; nothing if it is no date.
std::optional<Date> parse_date(std::string_view text);

/// "Sat, 21 Nov 2026 10:15:30 +0100"
std::string format_date(std::int64_t seconds, int zone_minutes);
/// The same in the local zone (TZ).
std::string format_local_date(std::int64_t seconds);

} // namespace mail
