// SPDX-License-Identifier: MIT
// Settings of extensions, read as what they mean; one that is not set, or cannot be read, has its default.
#pragma once

#include "sieve/host.h"
#include "sieve/spec.h"

#include <cstdint>
#include <string>

namespace sieve {

std::string setting_value(const Host& host, const SettingSpec& setting);
/// "yes", "true", "on", "1" in any case; everything else is no.
bool setting_flag(const Host& host, const SettingSpec& setting);
/// Seconds.
std::int64_t setting_period(const Host& host, const SettingSpec& setting);

} // namespace sieve
