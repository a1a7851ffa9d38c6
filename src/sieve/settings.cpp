// SPDX-License-Identifier: MIT
#include "sieve/settings.h"

#include "base/ascii.h"
#include "sieve/host.h"
#include "sieve/period.h"

#include <limits>

namespace sieve {

namespace {

constexpr SettingSpec settings[] = {
    {"sieve_max_script_size", "1M", "largest script that is read, in octets"},
    {"sieve_max_actions", "32", "most actions of the scripts on one message; 0 for no limit"},
    {"sieve_max_redirects", "4", "most redirects of the scripts on one message; 0 forbids the action"},
    {"sieve_max_cpu_time", "0",
     "CPU time of one script on one message, in seconds; 0 for no limit of its own"},
    {"sieve_notify_max_notifications", "10", "most notify actions; 0 forbids the action"},
    {"sieve_variables_max_value_size", "4096", "octets of a variable's value; longer ones are cut"},
    {"sieve_include_max_includes", "255", "most scripts that one script may include"},
    {"sieve_include_max_nesting_depth", "10", "how deep included scripts may include others"},
};

template <class Number>
void take(const Host& host, const char* name, Number& limit,
          std::optional<std::uint64_t> (*parse)(std::string_view)) {
  const auto value = parse(host.setting(name));
  if (value && *value <= std::numeric_limits<Number>::max()) limit = static_cast<Number>(*value);
}

std::optional<std::uint64_t> parse_seconds(std::string_view text) {
  const auto seconds = parse_period(text);
  return seconds ? std::optional<std::uint64_t>(*seconds) : std::nullopt;
}

} // namespace

std::span<const SettingSpec> engine_settings() { return settings; }

std::optional<std::uint64_t> parse_size(std::string_view text) {
  text = base::trim(text);
  unsigned shift = 0;
  if (!text.empty() && base::to_lower(text.back()) == 'b') text.remove_suffix(1);
  if (!text.empty()) {
    const auto unit = std::string_view("kmgt").find(base::to_lower(text.back()));
    if (unit != std::string_view::npos) {
      shift = 10 * static_cast<unsigned>(unit + 1);
      text.remove_suffix(1);
    }
  }
  const auto number = base::parse_number(base::trim(text));
  if (!number || *number > std::numeric_limits<std::uint64_t>::max() >> shift) return std::nullopt;
  return *number << shift;
}

Limits limits_from_settings(const Host& host) {
  Limits limits;
  take(host, "sieve_max_script_size", limits.script_size, parse_size);
  take(host, "sieve_max_actions", limits.actions, base::parse_number);
  if (limits.actions == 0) limits.actions = std::numeric_limits<std::size_t>::max();
  take(host, "sieve_max_redirects", limits.redirects, base::parse_number);
  take(host, "sieve_max_cpu_time", limits.cpu_seconds, parse_seconds);
  take(host, "sieve_notify_max_notifications", limits.notifications, base::parse_number);
  take(host, "sieve_variables_max_value_size", limits.variable_size, parse_size);
  take(host, "sieve_include_max_includes", limits.includes, base::parse_number);
  take(host, "sieve_include_max_nesting_depth", limits.include_depth, base::parse_number);
  return limits;
}

} // namespace sieve
