// SPDX-License-Identifier: MIT
#include "mail/charset.h"

#include "base/ascii.h"
#include "base/file.h"
#include "base/utf8.h"
#include "config.h"
#include "mail/charset_names.h"
#include "mail/octet_charsets.h"
#include "mail/utf16.h"

#include <algorithm>
#include <cerrno>
#include <iconv.h>
#include <map>
#include <memory>
#include <system_error>
#ifdef __GLIBC__
#include <gnu/libc-version.h>
#endif

namespace mail {

namespace {

constexpr std::string_view replacement = "\xef\xbf\xbd";

// The iconv name, or null.
const char* canonical_name(std::string_view charset) {
  if (charset.size() > 40) return nullptr;
  std::string key;
  for (const char c : charset) {
    if (base::is_alnum(c))
      key += base::to_lower(c);
    else if (std::string_view("-_.:() ").find(c) == std::string_view::npos)
      return nullptr;
  }
  const auto found =
      std::lower_bound(charset_names.begin(), charset_names.end(), key,
                       [](const auto& entry, const std::string& wanted) { return entry.first < wanted; });
  return found != charset_names.end() && found->first == key ? found->second : nullptr;
}

bool is_utf8_or_ascii(std::string_view name) { return name == "UTF-8" || name == "US-ASCII"; }

#if defined(LASTMILE_STATIC) && defined(__GLIBC__)
// A module brings the machine's libc with it: one of another version than that which is linked in ends the
// process.
bool may_load_modules() {
  static const bool same = [] {
    try {
      const std::string libc = base::read_whole_file(LASTMILE_LIBC, std::size_t{16} << 20);
      return libc.find("release version " + std::string(gnu_get_libc_version()) + ".") != std::string::npos;
    } catch (const std::system_error&) {
      return false;
    }
  }();
  return same;
}
#else
bool may_load_modules() { return true; }
#endif

// An open conversion descriptor. They are kept, since opening one may load a library: the table of names
// bounds their number.
class Converter {
public:
  Converter(const char* to, const char* from) : handle_(iconv_open(to, from)) {}
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;
  ~Converter() {
    if (is_open()) iconv_close(handle_);
  }

  bool is_open() const { return handle_ != reinterpret_cast<iconv_t>(-1); }

  // `on_error` is appended for each octet that cannot be converted; `skip` tells how many octets that one
  // takes.
  template <class Skip>
  std::string convert(std::string_view text, std::string_view on_error, Skip skip);

private:
  iconv_t handle_;
};

template <class Skip>
std::string Converter::convert(std::string_view text, std::string_view on_error, Skip skip) {
  std::string result;
  result.reserve(text.size() + text.size() / 2);
  iconv(handle_, nullptr, nullptr, nullptr, nullptr);
  char* in = const_cast<char*>(text.data()); // iconv's prototype lacks the const it honours
  std::size_t left = text.size();
  char buffer[4096];
  for (bool flushed = false; !flushed;) {
    char* out = buffer;
    std::size_t room = sizeof buffer;
    flushed = left == 0;
    const auto status = iconv(handle_, flushed ? nullptr : &in, &left, &out, &room);
    const int error = errno;
    result.append(buffer, sizeof buffer - room);
    if (status != static_cast<std::size_t>(-1) || flushed || error == E2BIG) continue;
    const auto wrong = std::min(left, skip(std::string_view(in, left)));
    result += on_error;
    in += wrong;
    left -= wrong;
  }
  return result;
}

// The next best where iconv lacks a charset, as musl's does: nearly all that is written in it is in this one
// too.
const char* next_best(const char* name) {
  if (name == std::string_view("CP932")) return "SHIFT_JIS";
  return name == std::string_view("ISO-2022-JP-2") ? "ISO-2022-JP" : name;
}

// Null if iconv lacks it: the tables may be missing.
Converter* converter(const char* to, const char* from) {
  static std::map<std::pair<std::string_view, std::string_view>, std::unique_ptr<Converter>> open;
  auto& entry = open[{to, from}];
  if (!entry && may_load_modules()) {
    entry = std::make_unique<Converter>(to, from);
    if (!entry->is_open()) entry = std::make_unique<Converter>(next_best(to), next_best(from));
  }
  return entry && entry->is_open() ? entry.get() : nullptr;
}

// What needs no iconv; null for the others. iconv joins the tone marks of Vietnamese to their letters: the
// table is for where it is missing.
const UpperHalf* table(std::string_view name) {
  static constexpr UpperHalf nothing{};
  if (name == "US-ASCII") return &nothing;
  return name == "CP1258" && converter("UTF-8", "CP1258") ? nullptr : upper_half(name);
}

} // namespace

bool is_known_charset(std::string_view charset) {
  const char* const name = canonical_name(charset);
  return name && (is_utf8_or_ascii(name) || unit_form(name) || upper_half(name) || converter("UTF-8", name));
}

std::optional<std::string> to_utf8(std::string_view text, std::string_view charset) {
  const char* const name = canonical_name(charset);
  if (!name) return std::nullopt;
  if (is_utf8_or_ascii(name)) return base::is_utf8(text) ? std::string(text) : base::to_valid_utf8(text);
  if (const auto form = unit_form(name)) return units_to_utf8(text, *form);
  if (const UpperHalf* const upper = table(name)) return octets_to_utf8(text, *upper);
  Converter* const iconv = converter("UTF-8", name);
  if (!iconv) return std::nullopt;
  return iconv->convert(text, replacement, [](std::string_view) { return std::size_t{1}; });
}

std::optional<std::string> from_utf8(std::string_view text, std::string_view charset) {
  const char* const name = canonical_name(charset);
  if (!name) return std::nullopt;
  if (name == std::string_view("UTF-8")) return base::to_valid_utf8(text);
  if (const auto form = unit_form(name)) return utf8_to_units(text, *form);
  if (const UpperHalf* const upper = table(name)) return utf8_to_octets(text, *upper);
  Converter* const iconv = converter(name, "UTF-8");
  if (!iconv) return std::nullopt;
  return iconv->convert(text, "?", [](std::string_view rest) { return base::next_code_point(rest).length; });
}

} // namespace mail
