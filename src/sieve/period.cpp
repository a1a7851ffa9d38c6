// SPDX-License-Identifier: MIT
#include "sieve/period.h"

#include "base/ascii.h"

#include <algorithm>

namespace sieve {

namespace {

constexpr std::int64_t century = std::int64_t{36525} * 86400;

struct Unit {
  std::string_view word; // any beginning of it will do
  std::int64_t seconds;
};
constexpr Unit units[] = {
    {"seconds", 1}, {"minutes", 60}, {"hours", 3600}, {"days", 86400}, {"weeks", 604800}};

} // namespace

std::optional<std::int64_t> parse_period(std::string_view text) {
  text = base::trim(text);
  const auto digits = std::min(text.find_first_not_of("0123456789"), text.size());
  const auto number = base::parse_number(text.substr(0, digits));
  const std::string unit = base::lower(base::trim(text.substr(digits)));
  if (!number || *number > static_cast<std::uint64_t>(century)) return std::nullopt;
  const auto value = static_cast<std::int64_t>(*number);
  if (unit.empty()) return value;
  const auto found = std::find_if(std::begin(units), std::end(units),
                                  [&](const Unit& known) { return known.word.starts_with(unit); });
  if (found == std::end(units) || value > century / found->seconds) return std::nullopt;
  return value * found->seconds;
}

} // namespace sieve
