// SPDX-License-Identifier: MIT
#include "mail/utf16.h"

#include "base/utf8.h"

namespace mail {

namespace {

constexpr char32_t mark = 0xfeff;

constexpr bool is_high(char32_t unit) { return unit >= 0xd800 && unit < 0xdc00; }
constexpr bool is_low(char32_t unit) { return unit >= 0xdc00 && unit < 0xe000; }

/// The unit at the front of a text that is long enough.
char32_t unit_at(std::string_view text, UnitForm form) {
  char32_t unit = 0;
  for (unsigned i = 0; i < form.octets; ++i)
    unit = unit << 8 | static_cast<unsigned char>(text[form.big_endian ? i : form.octets - 1 - i]);
  return unit;
}

void append_unit(std::string& text, char32_t unit, UnitForm form) {
  for (unsigned i = 0; i < form.octets; ++i)
    text += static_cast<char>(unit >> 8 * (form.big_endian ? form.octets - 1 - i : i));
}

/// Takes the order from the mark, and removes it.
void read_mark(std::string_view& text, UnitForm& form) {
  if (!form.marked || text.size() < form.octets) return;
  const UnitForm other{form.octets, !form.big_endian, true};
  if (unit_at(text, other) == mark)
    form = other;
  else if (unit_at(text, form) != mark)
    return;
  text.remove_prefix(form.octets);
}

} // namespace

std::optional<UnitForm> unit_form(std::string_view name) {
  if (name == "UTF-16") return UnitForm{2, false, true};
  if (name == "UTF-16BE") return UnitForm{2, true, false};
  if (name == "UTF-16LE") return UnitForm{2, false, false};
  if (name == "UTF-32") return UnitForm{4, false, true};
  return std::nullopt;
}

std::string units_to_utf8(std::string_view text, UnitForm form) {
  read_mark(text, form);
  std::string result;
  while (text.size() >= form.octets) {
    char32_t value = unit_at(text, form);
    text.remove_prefix(form.octets);
    if (form.octets == 2 && is_high(value) && text.size() >= 2 && is_low(unit_at(text, form))) {
      value = 0x10000 + ((value - 0xd800) << 10) + (unit_at(text, form) - 0xdc00);
      text.remove_prefix(2);
    }
    base::append_utf8(result, value); // a surrogate that is alone is none
  }
  if (!text.empty()) base::append_utf8(result, base::replacement_character);
  return result;
}

std::string utf8_to_units(std::string_view text, UnitForm form) {
  std::string result;
  if (form.marked) append_unit(result, mark, form);
  while (!text.empty()) {
    const auto point = base::next_code_point(text);
    text.remove_prefix(point.length);
    if (form.octets == 4 || point.value < 0x10000) {
      append_unit(result, point.value, form);
    } else {
      append_unit(result, 0xd800 + ((point.value - 0x10000) >> 10), form);
      append_unit(result, 0xdc00 + (point.value & 0x3ff), form);
    }
  }
  return result;
}

} // namespace mail
