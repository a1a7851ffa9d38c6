// SPDX-License-Identifier: MIT
#include "tools/moment.h"

#include "base/ascii.h"
#include "base/command_line.h"
#include "mail/date.h"
#include "sieve/iso8601.h"

#include <ctime>
#include <optional>

namespace tools {

namespace {

std::optional<std::int64_t> midnight_of(const std::string& text) {
  std::tm day{};
  const char* const end = strptime(text.c_str(), "%Y-%m-%d", &day);
  if (end == nullptr || *end != '\0') return std::nullopt;
  day.tm_isdst = -1;
  return std::mktime(&day);
}

} // namespace

std::int64_t given_moment(const std::string& option, const std::string& text) {
  if (text.starts_with('@')) {
    if (const auto seconds = base::parse_number(std::string_view(text).substr(1)))
      return static_cast<std::int64_t>(*seconds);
  }
  if (const auto midnight = midnight_of(text)) return *midnight;
  if (const auto instant = sieve::parse_iso8601(text)) return *instant;
  if (const auto date = mail::parse_date(text)) return date->seconds;
  throw base::UsageError(option + ": `" + text + "' is no date: 2026-11-21, 2026-11-21T10:15:30Z, @SECONDS");
}

} // namespace tools
