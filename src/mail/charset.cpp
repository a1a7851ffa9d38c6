// SPDX-License-Identifier: MIT
#include "mail/charset.h"

#include "base/ascii.h"
#include "base/utf8.h"
#include "mail/charset_names.h"

#include <algorithm>
#include <cerrno>
#include <iconv.h>
#include <map>
#include <memory>

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

enum class Native { none, utf8, ascii, windows_1252 };

Native native(std::string_view name) {
  if (name == "UTF-8") return Native::utf8;
  if (name == "US-ASCII") return Native::ascii;
  if (name == "ISO-8859-1" || name == "WINDOWS-1252") return Native::windows_1252;
  return Native::none;
}

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

// Null if iconv lacks it: the tables may be missing.
Converter* converter(const char* to, const char* from) {
  static std::map<std::pair<std::string_view, std::string_view>, std::unique_ptr<Converter>> open;
  auto& entry = open[{to, from}];
  if (!entry) entry = std::make_unique<Converter>(to, from);
  return entry->is_open() ? entry.get() : nullptr;
}

std::string from_windows_1252(std::string_view text) {
  std::string result;
  result.reserve(text.size() + text.size() / 8);
  for (const char c : text) {
    const auto octet = static_cast<unsigned char>(c);
    if (octet < 0x80)
      result += c;
    else
      base::append_utf8(result, octet < 0xa0 ? windows_1252_high[octet - 0x80U] : octet);
  }
  return result;
}

// '?' for what one octet cannot say.
char to_single_octet(char32_t value, Native charset) {
  if (value < 0x80) return static_cast<char>(value);
  if (charset != Native::windows_1252) return '?';
  if (value >= 0xa0 && value <= 0xff) return static_cast<char>(value);
  const auto found = std::find(windows_1252_high.begin(), windows_1252_high.end(), value);
  return found == windows_1252_high.end() ? '?'
                                          : static_cast<char>(0x80 + (found - windows_1252_high.begin()));
}

std::string to_single_octets(std::string_view text, Native charset) {
  std::string result;
  for (; !text.empty();) {
    const auto point = base::next_code_point(text);
    result += to_single_octet(point.value, charset);
    text.remove_prefix(point.length);
  }
  return result;
}

} // namespace

bool is_known_charset(std::string_view charset) {
  const char* const name = canonical_name(charset);
  return name && (native(name) != Native::none || converter("UTF-8", name));
}

std::optional<std::string> to_utf8(std::string_view text, std::string_view charset) {
  const char* const name = canonical_name(charset);
  if (!name) return std::nullopt;
  switch (native(name)) {
  case Native::utf8:
  case Native::ascii: return base::is_utf8(text) ? std::string(text) : base::to_valid_utf8(text);
  case Native::windows_1252: return from_windows_1252(text);
  case Native::none: break;
  }
  Converter* const iconv = converter("UTF-8", name);
  if (!iconv) return std::nullopt;
  return iconv->convert(text, replacement, [](std::string_view) { return std::size_t{1}; });
}

std::optional<std::string> from_utf8(std::string_view text, std::string_view charset) {
  const char* const name = canonical_name(charset);
  if (!name) return std::nullopt;
  const Native kind = native(name);
  if (kind == Native::utf8) return base::to_valid_utf8(text);
  if (kind != Native::none) return to_single_octets(text, kind);
  Converter* const iconv = converter(name, "UTF-8");
  if (!iconv) return std::nullopt;
  return iconv->convert(text, "?", [](std::string_view rest) { return base::next_code_point(rest).length; });
}

} // namespace mail
