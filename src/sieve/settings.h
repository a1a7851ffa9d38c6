// SPDX-License-Identifier: MIT
// Settings of the engine itself, by the names that Host::setting() knows.
#pragma once

#include "sieve/limits.h"
#include "sieve/spec.h"

#include <span>

namespace sieve {

class Host;

/// Limits with those changed that settings name; a value that is no number leaves its default.
Limits limits_from_settings(const Host& host);

/// Sizes such as "4096", "4k", "1M".
std::optional<std::uint64_t> parse_size(std::string_view text);

std::span<const SettingSpec> engine_settings();

} // namespace sieve
