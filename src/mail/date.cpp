// SPDX-License-Identifier: MIT
#include "mail/date.h"

#include "base/ascii.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <vector>

namespace mail {

namespace {

constexpr std::array<std::string_view, 7> weekdays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::int64_t day_seconds = 86400;

struct Day {
  int year = 1970, month = 1, day = 1;
};

// Days since 1970-01-01 in the proleptic Gregorian calendar. A year is counted from March, so that the leap
// day is its last one; an era is 400 years, 146097 days.
std::int64_t days_from(Day date) {
  const std::int64_t year = date.year - (date.month <= 2);
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const std::int64_t year_of_era = year - era * 400;
  const std::int64_t day_of_year = (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
  const std::int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

Day day_from(std::int64_t days) {
  days += 719468;
  const std::int64_t era = (days >= 0 ? days : days - 146096) / 146097;
  const std::int64_t day_of_era = days - era * 146097;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t month = (5 * day_of_year + 2) / 153; // 0: March
  const int civil_month = static_cast<int>(month < 10 ? month + 3 : month - 9);
  return {static_cast<int>(year_of_era + era * 400 + (civil_month <= 2)), civil_month,
          static_cast<int>(day_of_year - (153 * month + 2) / 5 + 1)};
}

int days_in(int year, int month) {
  constexpr std::array<int, 12> lengths = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return lengths[static_cast<std::size_t>(month - 1)] + (leap && month == 2 ? 1 : 0);
}

// The text in tokens: digits, letters, or one other character; white space and comments (nested, RFC 5322
// section 3.2.2) divide them and are dropped. More than a date has is not read.
std::vector<std::string_view> tokens(std::string_view text) {
  std::vector<std::string_view> found;
  std::size_t depth = 0;
  for (std::size_t at = 0; at < text.size() && found.size() < 20;) {
    const char c = text[at];
    const auto start = at++;
    if (depth > 0) {
      if (c == '\\') ++at;
      depth += c == '(' ? 1 : 0;
      depth -= c == ')' ? 1 : 0;
    } else if (c == '(') {
      ++depth;
    } else if (!base::is_space(c)) {
      const auto same = base::is_digit(c) ? base::is_digit : base::is_alpha;
      while (same(c) && at < text.size() && same(text[at])) ++at;
      found.push_back(text.substr(start, at - start));
    }
  }
  return found;
}

template <std::size_t N>
int index_of(const std::array<std::string_view, N>& names, std::string_view name) {
  const auto found = std::find_if(names.begin(), names.end(), [&](std::string_view n) {
    return base::equal_ignoring_case(n, name.substr(0, 3));
  });
  return found == names.end() || name.size() < 3 ? -1 : static_cast<int>(found - names.begin());
}

class Parser {
public:
  explicit Parser(std::string_view text) : tokens_(tokens(text)) {}

  std::optional<Date> parse() {
    Day date;
    int hour = 0, minute = 0, second = 0, zone = 0;
    if (!weekday() || !number(date.day, 2, 31) || !month(date.month) || !year(date.year)) return std::nullopt;
    if (date.day < 1 || date.day > days_in(date.year, date.month)) return std::nullopt;
    if (!number(hour, 2, 23) || !skip(":") || !number(minute, 2, 59)) return std::nullopt;
    if (skip(":") && !number(second, 2, 60)) return std::nullopt;
    if (!read_zone(zone) || !at_end()) return std::nullopt;
    const std::int64_t local =
        days_from(date) * day_seconds + hour * 3600 + minute * 60 + std::min(second, 59);
    return Date{local - zone * 60, zone};
  }

private:
  bool at_end() const { return at_ == tokens_.size(); }
  std::string_view peek() const { return at_end() ? std::string_view() : tokens_[at_]; }
  bool skip(std::string_view token) {
    if (peek() != token) return false;
    ++at_;
    return true;
  }

  bool number(int& value, std::size_t digits, int most) {
    const auto read = base::parse_number(peek());
    if (!read || peek().size() > digits || *read > static_cast<unsigned>(most)) return false;
    value = static_cast<int>(*read);
    ++at_;
    return true;
  }

  // Optional; the comma too is left out by some.
  bool weekday() {
    if (peek().empty() || !base::is_alpha(peek().front())) return true;
    if (index_of(weekdays, peek()) < 0) return false;
    ++at_;
    skip(",");
    return true;
  }

  bool month(int& month) {
    const bool dashed = skip("-"); // 21-Nov-2026, as old mailers wrote
    month = index_of(months, peek()) + 1;
    ++at_;
    return month > 0 && skip("-") == dashed;
  }

  // RFC 5322 section 4.3: years of two and three digits.
  bool year(int& year) {
    const auto digits = peek().size();
    if (!number(year, 4, 9999) || digits < 2) return false;
    if (digits == 2)
      year += year < 50 ? 2000 : 1900;
    else if (digits == 3)
      year += 1900;
    return year >= 1900;
  }

  bool read_zone(int& zone);
  bool numeric_zone(int& zone);

  std::vector<std::string_view> tokens_;
  std::size_t at_ = 0;
};

// A missing zone, a military letter and an unknown name count as UTC (RFC 5322 section 4.3).
bool Parser::read_zone(int& zone) {
  struct Named {
    std::string_view name;
    int hours;
  };
  constexpr std::array<Named, 8> zones = {{{"EST", -5},
                                           {"EDT", -4},
                                           {"CST", -6},
                                           {"CDT", -5},
                                           {"MST", -7},
                                           {"MDT", -6},
                                           {"PST", -8},
                                           {"PDT", -7}}};
  if (peek() == "+" || peek() == "-") {
    if (!numeric_zone(zone)) return false;
  } else if (!at_end()) {
    const auto found = std::find_if(zones.begin(), zones.end(), [&](const Named& n) {
      return base::equal_ignoring_case(n.name, peek());
    });
    if (found != zones.end()) zone = found->hours * 60;
    return base::is_alpha(tokens_[at_++].front());
  }
  // "+0100 CET": the name is a comment without its brackets.
  if (!at_end() && base::is_alpha(peek().front())) ++at_;
  return true;
}

bool Parser::numeric_zone(int& zone) {
  const bool west = tokens_[at_++] == "-";
  int value = 0;
  const auto digits = peek().size();
  if (!number(value, 4, 9999)) return false;
  if (digits <= 2 && skip(":")) { // +01:00
    int minutes = 0;
    if (!number(minutes, 2, 59)) return false;
    value = value * 100 + minutes;
  } else if (digits != 4) {
    return false;
  }
  if (value % 100 > 59 || value / 100 > 23) return false;
  zone = value / 100 * 60 + value % 100;
  if (west) zone = -zone;
  return true;
}

} // namespace

std::optional<Date> parse_date(std::string_view text) { return Parser(text).parse(); }

std::string format_date(std::int64_t seconds, int zone_minutes) {
  const std::int64_t local = seconds + std::int64_t{zone_minutes} * 60;
  std::int64_t days = local / day_seconds, rest = local % day_seconds;
  if (rest < 0) {
    rest += day_seconds;
    --days;
  }
  const Day date = day_from(days);
  const auto weekday = static_cast<std::size_t>(((days + 4) % 7 + 7) % 7); // 1970-01-01 was a Thursday
  const int zone = std::abs(zone_minutes), clock = static_cast<int>(rest);
  char text[80];
  std::snprintf(text, sizeof text, "%s, %d %s %04d %02d:%02d:%02d %c%02d%02d", weekdays[weekday].data(),
                date.day, months[static_cast<std::size_t>(date.month - 1)].data(), date.year, clock / 3600,
                clock / 60 % 60, clock % 60, zone_minutes < 0 ? '-' : '+', zone / 60, zone % 60);
  return text;
}

std::string format_local_date(std::int64_t seconds) {
  const auto time = static_cast<std::time_t>(seconds);
  std::tm local{};
  if (!localtime_r(&time, &local)) return format_date(seconds, 0);
  return format_date(seconds, static_cast<int>(local.tm_gmtoff / 60));
}

} // namespace mail
