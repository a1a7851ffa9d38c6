// SPDX-License-Identifier: MIT
// Instants as people give them to options.
#pragma once

#include <cstdint>
#include <string>

namespace tools {

/// Seconds since 1970 of "2026-11-21" (midnight, local time), "2026-11-21T10:15:30+01:00" (RFC 3339),
/// "Sat, 21 Nov 2026 10:15:30 +0100" (RFC 5322) or "@1795256130". Throws UsageError that names the option.
std::int64_t given_moment(const std::string& option, const std::string& text);

} // namespace tools
