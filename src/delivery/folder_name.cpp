// SPDX-License-Identifier: MIT
#include "delivery/folder_name.h"

#include "base/ascii.h"
#include "base/utf8.h"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace delivery {

namespace {

constexpr std::size_t most_levels = 16;
constexpr std::size_t longest_name = 255; // NAME_MAX, for the whole: Maildir++ has all levels in one name

bool is_possible(std::string_view component) {
  if (component.empty() || component[0] == '~') return false;
  for (const char c : component)
    if (base::is_control(c)) return false;
  return true;
}

std::vector<std::string> divide(std::string_view name) {
  std::vector<std::string> components(1);
  for (const char c : name) {
    if (c == '/' || c == '.')
      components.emplace_back();
    else
      components.back() += c;
  }
  return components;
}

constexpr char base64_digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";

/// UTF-16 in the base64 of RFC 3501: ',' for '/', no padding.
class Utf7Shift {
public:
  explicit Utf7Shift(std::string& out) : out_(out) {}

  void put(char32_t c) {
    if (!open_) out_ += '&';
    open_ = true;
    if (c < 0x10000) {
      put_unit(static_cast<std::uint16_t>(c));
      return;
    }
    put_unit(static_cast<std::uint16_t>(0xd800 + ((c - 0x10000) >> 10)));
    put_unit(static_cast<std::uint16_t>(0xdc00 + ((c - 0x10000) & 0x3ff)));
  }

  void close() {
    if (!open_) return;
    if (bits_ > 0) put_digit(buffer_ << (6 - bits_));
    out_ += '-';
    open_ = false;
    bits_ = 0;
    buffer_ = 0;
  }

private:
  void put_unit(std::uint16_t unit) {
    buffer_ = (buffer_ << 16) | unit;
    bits_ += 16;
    while (bits_ >= 6) {
      bits_ -= 6;
      put_digit(buffer_ >> bits_);
    }
    buffer_ &= (1u << bits_) - 1;
  }

  void put_digit(std::uint32_t value) { out_ += base64_digits[value & 63]; }

  std::string& out_;
  bool open_ = false;
  std::uint32_t buffer_ = 0;
  unsigned bits_ = 0;
};

} // namespace

std::string to_modified_utf7(std::string_view utf8) {
  std::string out;
  Utf7Shift shift(out);
  while (!utf8.empty()) {
    const auto point = base::next_code_point(utf8);
    utf8.remove_prefix(point.length);
    if (point.value < 0x20 || point.value > 0x7e) {
      shift.put(point.value);
      continue;
    }
    shift.close();
    out += static_cast<char>(point.value);
    if (point.value == '&') out += '-';
  }
  shift.close();
  return out;
}

namespace {

/// The UTF-16 between '&' and '-'. Whatever is wrong here shows when it is written again.
void append_shifted(std::string& utf8, std::string_view digits) {
  std::uint32_t buffer = 0, high = 0;
  unsigned bits = 0;
  for (const char digit : digits) {
    buffer = (buffer << 6) | static_cast<std::uint32_t>(std::string_view(base64_digits).find(digit) & 63);
    bits += 6;
    if (bits < 16) continue;
    bits -= 16;
    const std::uint32_t unit = (buffer >> bits) & 0xffff;
    if (unit >= 0xd800 && unit < 0xdc00)
      high = unit;
    else if (unit >= 0xdc00 && unit < 0xe000 && high != 0)
      base::append_utf8(utf8, 0x10000 + ((std::exchange(high, 0) - 0xd800) << 10) + (unit - 0xdc00));
    else
      base::append_utf8(utf8, unit);
  }
}

} // namespace

std::optional<std::string> from_modified_utf7(std::string_view text) {
  std::string utf8;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto end = text[i] == '&' ? text.find('-', i) : i;
    if (end == std::string_view::npos) return std::nullopt;
    if (end == i + 1)
      utf8 += '&';
    else if (end == i)
      utf8 += text[i];
    else
      append_shifted(utf8, text.substr(i + 1, end - i - 1));
    i = end;
  }
  return to_modified_utf7(utf8) == text ? std::optional(utf8) : std::nullopt;
}

std::optional<FolderName> FolderName::parse(std::string_view name) {
  if (name.empty() || !base::is_utf8(name)) return std::nullopt;
  FolderName folder;
  folder.components_ = divide(name);
  for (const auto& component : folder.components_)
    if (!is_possible(component)) return std::nullopt;
  // However often it is there: a name that was written by str() must be read as the same one.
  const auto first =
      std::find_if_not(folder.components_.begin(), folder.components_.end(),
                       [](const auto& one) { return base::equal_ignoring_case(one, "INBOX"); });
  folder.components_.erase(folder.components_.begin(), first);
  const bool too_long = folder.on_disk('.', false).size() >= longest_name || name.size() >= longest_name;
  if (too_long || folder.components_.size() > most_levels) return std::nullopt;
  return folder;
}

std::string FolderName::str() const { return is_inbox() ? "INBOX" : on_disk('/', true); }

std::string FolderName::on_disk(char separator, bool utf8) const {
  std::string joined;
  for (const auto& component : components_) {
    if (!joined.empty()) joined += separator;
    joined += utf8 ? component : to_modified_utf7(component);
  }
  return joined;
}

} // namespace delivery
