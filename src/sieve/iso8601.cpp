// SPDX-License-Identifier: MIT
#include "sieve/iso8601.h"

#include "base/ascii.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>

namespace sieve {

namespace {

/// Takes fields of a fixed form off the front of a text.
class Reader {
public:
  explicit Reader(std::string_view text) : rest_(text) {}

  bool number(std::size_t digits, int least, int most, int& into) {
    const auto value = base::parse_number(rest_.substr(0, digits));
    if (rest_.size() < digits || !value || *value > static_cast<std::uint64_t>(most)) return false;
    into = static_cast<int>(*value);
    rest_.remove_prefix(digits);
    return into >= least;
  }
  bool one_of(std::string_view characters) {
    if (rest_.empty() || characters.find(rest_.front()) == std::string_view::npos) return false;
    taken_ = rest_.front();
    rest_.remove_prefix(1);
    return true;
  }
  void fraction() {
    if (!one_of(".,")) return;
    while (!rest_.empty() && base::is_digit(rest_.front())) rest_.remove_prefix(1);
  }
  char taken() const { return taken_; }
  bool at_end() const { return rest_.empty(); }

private:
  std::string_view rest_;
  char taken_ = 0;
};

bool read_offset(Reader& reader, int& seconds) {
  seconds = 0;
  if (reader.one_of("Zz")) return reader.at_end();
  if (!reader.one_of("+-")) return false;
  const int sign = reader.taken() == '-' ? -1 : 1;
  int hours = 0, minutes = 0;
  if (!reader.number(2, 0, 23, hours)) return false;
  reader.one_of(":");
  if (!reader.number(2, 0, 59, minutes) || !reader.at_end()) return false;
  seconds = sign * (hours * 3600 + minutes * 60);
  return true;
}

} // namespace

std::string format_iso8601(std::int64_t seconds, int offset) {
  const auto shifted = static_cast<std::time_t>(seconds + offset);
  std::tm clock{};
  gmtime_r(&shifted, &clock);
  const int minutes = std::abs(offset) / 60;
  std::array<char, 80> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02d-%02dT%02d:%02d:%02d", clock.tm_year + 1900,
                clock.tm_mon + 1, clock.tm_mday, clock.tm_hour, clock.tm_min, clock.tm_sec);
  std::string result(text.data());
  if (offset == 0) return result + 'Z'; // RFC 5260 section 4.2, RFC 6009 section 5: not +00:00
  std::snprintf(text.data(), text.size(), "%c%02d:%02d", offset < 0 ? '-' : '+', minutes / 60, minutes % 60);
  return result + text.data();
}

std::optional<std::int64_t> parse_iso8601(std::string_view text) {
  Reader reader(base::trim(text));
  std::tm clock{};
  int offset = 0;
  bool good =
      reader.number(4, 1, 9999, clock.tm_year) && reader.one_of("-") &&
      reader.number(2, 1, 12, clock.tm_mon) && reader.one_of("-") && reader.number(2, 1, 31, clock.tm_mday) &&
      reader.one_of("Tt ") && reader.number(2, 0, 23, clock.tm_hour) && reader.one_of(":") &&
      reader.number(2, 0, 59, clock.tm_min) && reader.one_of(":") && reader.number(2, 0, 60, clock.tm_sec);
  if (good) reader.fraction();
  good = good && read_offset(reader, offset);
  if (!good) return std::nullopt;
  clock.tm_year -= 1900;
  clock.tm_mon -= 1;
  std::tm date{};
  date.tm_year = clock.tm_year;
  date.tm_mon = clock.tm_mon;
  date.tm_mday = clock.tm_mday;
  timegm(&date);
  if (date.tm_mon != clock.tm_mon) return std::nullopt; // 31 April
  const std::time_t seconds = timegm(&clock);
  return static_cast<std::int64_t>(seconds) - offset;
}

} // namespace sieve
