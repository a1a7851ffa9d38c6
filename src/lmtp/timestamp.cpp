// SPDX-License-Identifier: MIT
// RFC 3339 section 5.6, as RRVS (RFC 7293) uses it.
#include "base/ascii.h"
#include "lmtp/command.h"

#include <chrono>

namespace lmtp {

namespace {

/// Takes exactly `digits` digits of a value up to `most`.
bool take_number(std::string_view& text, std::size_t digits, int most, int& value) {
  value = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    if (i >= text.size() || !base::is_digit(text[i])) return false;
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(digits);
  return value <= most;
}

bool take(std::string_view& text, char c) {
  if (text.empty() || base::to_upper(text.front()) != c) return false;
  text.remove_prefix(1);
  return true;
}

/// "Z" or ("+" / "-") hour ":" minute, the whole rest; in seconds.
std::optional<int> take_offset(std::string_view text) {
  if (take(text, 'Z')) return text.empty() ? std::optional(0) : std::nullopt;
  const bool west = take(text, '-');
  int hour = 0;
  int minute = 0;
  const bool good = (west || take(text, '+')) && take_number(text, 2, 23, hour) && take(text, ':') &&
                    take_number(text, 2, 59, minute) && text.empty();
  if (!good) return std::nullopt;
  return (hour * 60 + minute) * (west ? -60 : 60);
}

} // namespace

std::optional<std::int64_t> parse_timestamp(std::string_view text) {
  int year = 0;
  int month = 0;
  int day = 0;
  int hour = 0;
  int minute = 0;
  int second = 0;
  const bool good = take_number(text, 4, 9999, year) && take(text, '-') && take_number(text, 2, 12, month) &&
                    take(text, '-') && take_number(text, 2, 31, day) && take(text, 'T') &&
                    take_number(text, 2, 23, hour) && take(text, ':') && take_number(text, 2, 59, minute) &&
                    take(text, ':') && take_number(text, 2, 60, second);
  if (!good) return std::nullopt;
  if (take(text, '.')) {
    if (text.empty() || !base::is_digit(text.front())) return std::nullopt;
    while (!text.empty() && base::is_digit(text.front())) text.remove_prefix(1);
  }
  const auto offset = take_offset(text);
  const std::chrono::year_month_day date{std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!offset || !date.ok()) return std::nullopt;
  const std::int64_t days = std::chrono::sys_days(date).time_since_epoch().count();
  return days * 86400 + hour * 3600 + minute * 60 + second - *offset;
}

} // namespace lmtp
