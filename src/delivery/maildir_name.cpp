// SPDX-License-Identifier: MIT
#include "delivery/maildir_name.h"

#include "base/ascii.h"

#include <algorithm>
#include <ctime>
#include <unistd.h>

namespace delivery {

namespace {

struct SystemFlag {
  std::string_view name;
  char letter;
};
constexpr SystemFlag system_flags[] = {{"\\Draft", 'D'}, {"\\Flagged", 'F'}, {"\\Answered", 'R'},
                                       {"\\Seen", 'S'},  {"\\Deleted", 'T'}, {"$Forwarded", 'P'}};

char letter_of(const std::string& flag) {
  for (const auto& known : system_flags)
    if (base::equal_ignoring_case(flag, known.name)) return known.letter;
  return '\0';
}

/// The two characters that a host name must not bring into a Maildir name, as their octal codes.
std::string escape_host(const std::string& host) {
  std::string escaped;
  for (const char c : host) {
    if (c == '/')
      escaped += "\\057";
    else if (c == ':')
      escaped += "\\072";
    else if (c == ',' || base::is_control(c))
      escaped += '_';
    else
      escaped += c;
  }
  if (escaped.size() > 120) escaped.resize(120); // NAME_MAX, with numbers, sizes and flags
  return escaped.empty() ? "localhost" : escaped;
}

std::string hex(unsigned long long value) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string text;
  do {
    text.insert(text.begin(), digits[value & 15]);
    value >>= 4;
  } while (value != 0);
  return text;
}

} // namespace

std::string maildir_name(const std::string& host, const MaildirFile& file) {
  static unsigned counter = 0;
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  return std::to_string(now.tv_sec) + ".M" + std::to_string(now.tv_nsec / 1000) + "P" +
         std::to_string(getpid()) + "Q" + std::to_string(++counter) + "V" + hex(file.device) + "I" +
         hex(file.inode) + "." + escape_host(host) + ",S=" + std::to_string(file.size) +
         ",W=" + std::to_string(file.crlf_size);
}

std::string maildir_flags(const sieve::Flags& flags, const std::string& keywords) {
  std::string letters = keywords;
  for (const auto& flag : flags)
    if (const char letter = letter_of(flag)) letters += letter;
  std::sort(letters.begin(), letters.end());
  letters.erase(std::unique(letters.begin(), letters.end()), letters.end());
  return letters;
}

sieve::Flags system_flags_of(std::string_view letters) {
  sieve::Flags flags;
  for (const auto& known : system_flags)
    if (letters.find(known.letter) != std::string_view::npos) flags.emplace_back(known.name);
  return flags;
}

sieve::Flags keywords_among(const sieve::Flags& flags) {
  sieve::Flags keywords;
  for (const auto& flag : flags)
    if (!flag.empty() && flag[0] != '\\' && letter_of(flag) == '\0') keywords.push_back(flag);
  return keywords;
}

} // namespace delivery
