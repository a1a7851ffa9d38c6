// SPDX-License-Identifier: MIT
#include "sieve/time_zone.h"

#include "base/ascii.h"

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <unistd.h>

namespace sieve {

namespace {

/// TZ set for as long as this lives. The C library has no other way to ask about a zone, and its answer for
/// one that it does not know is UTC: exists() is asked before.
class LocalZone {
public:
  explicit LocalZone(std::string_view zone) {
    if (const char* value = std::getenv("TZ")) before_ = value;
    setenv("TZ", (":" + std::string(zone)).c_str(), 1);
    tzset();
  }
  LocalZone(const LocalZone&) = delete;
  LocalZone& operator=(const LocalZone&) = delete;
  ~LocalZone() {
    if (before_) {
      setenv("TZ", before_->c_str(), 1);
    } else {
      unsetenv("TZ");
    }
    tzset();
  }

private:
  std::optional<std::string> before_;
};

/// Names of the database are words divided by slashes: nothing that could leave its directory.
bool is_zone_name(std::string_view zone) {
  if (zone.empty() || !base::is_alpha(zone.front()) || zone.size() > 64) return false;
  return std::all_of(zone.begin(), zone.end(), [](char c) {
    return base::is_alnum(c) || c == '/' || c == '_' || c == '-' || c == '+';
  });
}

bool exists(std::string_view zone) {
  const char* configured = std::getenv("TZDIR");
  const std::string directory = configured != nullptr ? configured : "/usr/share/zoneinfo";
  return access((directory + '/' + std::string(zone)).c_str(), R_OK) == 0;
}

std::optional<int> written_offset(std::string_view zone) {
  if (zone.size() != 5 || (zone[0] != '+' && zone[0] != '-')) return std::nullopt;
  if (!std::all_of(zone.begin() + 1, zone.end(), base::is_digit)) return std::nullopt;
  const auto two = [&](std::size_t at) { return (zone[at] - '0') * 10 + (zone[at + 1] - '0'); };
  if (two(1) > 23 || two(3) > 59) return std::nullopt;
  const int offset = two(1) * 3600 + two(3) * 60;
  return zone[0] == '-' ? -offset : offset;
}

} // namespace

int local_offset(std::int64_t seconds) {
  const auto time = static_cast<std::time_t>(seconds);
  std::tm local{};
  return localtime_r(&time, &local) != nullptr ? static_cast<int>(local.tm_gmtoff) : 0;
}

std::optional<int> zone_offset(std::string_view zone, std::int64_t seconds) {
  if (const auto offset = written_offset(zone)) return offset;
  if (!is_zone_name(zone)) return std::nullopt;
  if (zone == "UTC" || zone == "GMT") return 0;
  if (!exists(zone)) return std::nullopt;
  const LocalZone there(zone);
  return local_offset(seconds);
}

} // namespace sieve
