// SPDX-License-Identifier: MIT
#include "sieve/setting_value.h"

#include "base/ascii.h"
#include "sieve/period.h"

namespace sieve {

std::string setting_value(const Host& host, const SettingSpec& setting) {
  std::string value(base::trim(host.setting(std::string(setting.name))));
  return value.empty() ? std::string(setting.default_value) : value;
}

bool setting_flag(const Host& host, const SettingSpec& setting) {
  const std::string value = base::lower(setting_value(host, setting));
  return value == "yes" || value == "true" || value == "on" || value == "1";
}

std::int64_t setting_period(const Host& host, const SettingSpec& setting) {
  const auto period = parse_period(host.setting(std::string(setting.name)));
  return period ? *period : parse_period(setting.default_value).value_or(0);
}

} // namespace sieve
