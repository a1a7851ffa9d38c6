// SPDX-License-Identifier: MIT
// date (RFC 5260 sections 4, 5): complete. The tests date and currentdate with all date parts; :zone takes
// the names of the IANA database too ("Europe/Vienna"), which know of summer time. A date is the whole field
// or what follows its last semicolon.
#include "mail/date.h"
#include "base/ascii.h"
#include "sieve/compiler.h"
#include "sieve/execution.h"
#include "sieve/fields.h"
#include "sieve/iso8601.h"
#include "sieve/match.h"
#include "sieve/time_zone.h"

#include <algorithm>
#include <cstdio>
#include <ctime>

namespace sieve {

namespace {

constexpr std::int64_t day_seconds = 86400;
constexpr std::int64_t julian_of_1970 = 40587; // Modified Julian Day of 1970-01-01

/// An instant as the clocks of one zone show it.
struct Moment {
  std::int64_t seconds = 0;
  int offset = 0; // seconds east of UTC
  std::tm clock{};

  Moment(std::int64_t at, int zone) : seconds(at), offset(zone) {
    const auto shifted = static_cast<std::time_t>(at + zone);
    gmtime_r(&shifted, &clock);
  }
};

std::string padded(int number, unsigned width = 2) {
  std::string digits = std::to_string(number);
  return digits.size() < width ? std::string(width - digits.size(), '0') + digits : digits;
}

std::string date_of(const Moment& at) {
  return padded(at.clock.tm_year + 1900, 4) + '-' + padded(at.clock.tm_mon + 1) + '-' +
         padded(at.clock.tm_mday);
}

std::string time_of(const Moment& at) {
  return padded(at.clock.tm_hour) + ':' + padded(at.clock.tm_min) + ':' + padded(at.clock.tm_sec);
}

std::string zone_of(const Moment& at) {
  const int minutes = std::abs(at.offset) / 60;
  return (at.offset < 0 ? "-" : "+") + padded(minutes / 60) + padded(minutes % 60);
}

std::string julian_of(const Moment& at) {
  const std::int64_t local = at.seconds + at.offset;
  const std::int64_t days = (local >= 0 ? local : local - day_seconds + 1) / day_seconds;
  return std::to_string(days + julian_of_1970);
}

/// As in a Date field, the day always in two digits.
std::string std11_of(const Moment& at) {
  std::string text = mail::format_date(at.seconds, at.offset / 60);
  const auto day = text.find(' ') + 1;
  if (text[day + 1] == ' ') text.insert(day, 1, '0');
  return text;
}

struct DatePart {
  std::string_view name;
  std::string (*value)(const Moment&);
};

constexpr DatePart parts[] = {
    {"year", [](const Moment& at) { return padded(at.clock.tm_year + 1900, 4); }},
    {"month", [](const Moment& at) { return padded(at.clock.tm_mon + 1); }},
    {"day", [](const Moment& at) { return padded(at.clock.tm_mday); }},
    {"date", date_of},
    {"julian", julian_of},
    {"hour", [](const Moment& at) { return padded(at.clock.tm_hour); }},
    {"minute", [](const Moment& at) { return padded(at.clock.tm_min); }},
    {"second", [](const Moment& at) { return padded(at.clock.tm_sec); }},
    {"time", time_of},
    {"iso8601", [](const Moment& at) { return format_iso8601(at.seconds, at.offset); }},
    {"std11", std11_of},
    {"zone", zone_of},
    {"weekday", [](const Moment& at) { return std::to_string(at.clock.tm_wday); }},
};

const DatePart* find_part(std::string_view name) {
  const auto found = std::find_if(std::begin(parts), std::end(parts), [&](const DatePart& part) {
    return base::equal_ignoring_case(part.name, name);
  });
  return found == std::end(parts) ? nullptr : found;
}

std::string no_part(std::string_view name) { return "`" + base::printable(name) + "' is no date part"; }
std::string no_zone(std::string_view name) {
  return "`" + base::printable(name) + "' is no time zone: write +hhmm, -hhmm or a name of the zone database";
}

/// What date and currentdate have in common: zone, part, match.
class DateQuery {
public:
  std::optional<Text> zone;
  bool original_zone = false;
  Text part;
  Match match;
  TextList keys;

  bool test(Execution& execution, const std::optional<mail::Date>& date) const {
    ValueList values;
    if (date) {
      if (auto value = value_of(execution, *date)) values.add(std::move(*value));
    }
    return run_match(execution, match, values, keys);
  }

private:
  std::optional<int> offset(Execution& execution, const mail::Date& date) const {
    if (original_zone) return date.zone * 60;
    if (!zone) return local_offset(date.seconds);
    const std::string name = zone->value(execution);
    const auto found = zone_offset(name, date.seconds);
    if (!found) execution.warn(zone->position, no_zone(name));
    return found;
  }

  std::optional<std::string> value_of(Execution& execution, const mail::Date& date) const {
    const std::string name = part.value(execution);
    const DatePart* found = find_part(name);
    if (found == nullptr) execution.warn(part.position, no_part(name));
    const auto zone_seconds = offset(execution, date);
    if (found == nullptr || !zone_seconds) return std::nullopt;
    return found->value(Moment(date.seconds, *zone_seconds));
  }
};

/// The date that makes up the field, or what follows a semicolon, the last that has a date behind it (one may
/// stand in a comment).
std::optional<mail::Date> date_in(const mail::Field& field) {
  for (auto end = field.value.rfind(';'); end != std::string_view::npos;
       end = end > 0 ? field.value.rfind(';', end - 1) : std::string_view::npos) {
    if (const auto date = mail::parse_date(field.value.substr(end + 1))) return date;
  }
  return mail::parse_date(field.value);
}

class DateTest final : public Test {
public:
  DateTest(FieldQuery fields, DateQuery query) : fields_(std::move(fields)), query_(std::move(query)) {}
  bool test(Execution& execution) const override {
    const auto fields = select_fields(execution, fields_);
    if (!fields.empty()) execution.spend_work(fields.front()->value.size());
    return query_.test(execution, fields.empty() ? std::nullopt : date_in(*fields.front()));
  }

private:
  FieldQuery fields_;
  DateQuery query_;
};

/// When this run first asked for the time: all its tests see the same (section 5).
struct Now {
  std::optional<std::int64_t> seconds;
};

class CurrentDateTest final : public Test {
public:
  explicit CurrentDateTest(DateQuery query) : query_(std::move(query)) {}
  bool test(Execution& execution) const override {
    auto& now = execution.slots.get<Now>().seconds;
    if (!now) now = execution.host().now();
    return query_.test(execution, mail::Date{*now, 0});
  }

private:
  DateQuery query_;
};

void check_zone(Compiler& compiler, const TagUse& tag) {
  const Text& zone = tag.string();
  if (zone.constant() && !zone_offset(zone.literal(), 0)) {
    compiler.warning(zone.position, no_zone(zone.literal()));
  }
}

/// Nothing after an error. The date part is positional `index`, the keys follow it.
std::optional<DateQuery> bind_query(Compiler& compiler, const Arguments& arguments, std::size_t index) {
  if (!exclusive(compiler, arguments, "zone", "originalzone")) return std::nullopt;
  DateQuery query;
  query.part = arguments.string(index);
  if (query.part.constant() && find_part(query.part.literal()) == nullptr) {
    compiler.warning(query.part.position, no_part(query.part.literal()));
  }
  if (const TagUse* zone = arguments.tag("zone")) query.zone = zone->string();
  query.original_zone = arguments.tag("originalzone") != nullptr;
  query.keys = arguments.strings(index + 1);
  query.match = bind_match(compiler, arguments, query.keys);
  return query;
}

std::unique_ptr<Test> compile_date(Compiler& compiler, Arguments& arguments) {
  auto query = bind_query(compiler, arguments, 1);
  if (!query) return nullptr;
  return std::make_unique<DateTest>(bind_fields(compiler, arguments, 0), std::move(*query));
}

std::unique_ptr<Test> compile_currentdate(Compiler& compiler, Arguments& arguments) {
  auto query = bind_query(compiler, arguments, 0);
  if (!query) return nullptr;
  return std::make_unique<CurrentDateTest>(std::move(*query));
}

constexpr Type name_part_keys[] = {Type::string, Type::string, Type::strings};
constexpr Type part_keys[] = {Type::string, Type::strings};
constexpr TagSpec date_tags[] = {{.name = "zone", .parameter = Type::string, .check = check_zone},
                                 {.name = "originalzone"}};
constexpr TagSpec currentdate_tags[] = {{.name = "zone", .parameter = Type::string, .check = check_zone}};
constexpr TestSpec tests[] = {{.name = "date",
                               .positionals = name_part_keys,
                               .groups = matching_groups,
                               .tags = date_tags,
                               .compile = compile_date},
                              {.name = "currentdate",
                               .positionals = part_keys,
                               .groups = matching_groups,
                               .tags = currentdate_tags,
                               .compile = compile_currentdate}};

} // namespace

extern const Extension date_extension;
constinit const Extension date_extension = {.name = "date", .rfc = "5260", .tests = tests};

} // namespace sieve
