// SPDX-License-Identifier: MIT
#include "delivery/mbox_from_line.h"

#include "base/ascii.h"

namespace delivery {

namespace {
constexpr std::size_t longest_sender = 320; // RFC 5321 section 4.5.3.1: 64 + 1 + 255
}

std::string mbox_from_line(const std::string& sender, time_t now) {
  std::string clean;
  for (const char c : sender.substr(0, longest_sender))
    clean += base::is_control(c) || base::is_space(c) ? '-' : c;
  if (clean.empty()) clean = "MAILER-DAEMON";
  tm parts{};
  localtime_r(&now, &parts);
  static constexpr const char* days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                           "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  char date[64];
  snprintf(date, sizeof date, "%s %s %2d %02d:%02d:%02d %d", days[parts.tm_wday % 7],
           months[parts.tm_mon % 12], parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec,
           parts.tm_year + 1900);
  return "From " + clean + "  " + date + "\n";
}

} // namespace delivery
