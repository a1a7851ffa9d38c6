// SPDX-License-Identifier: MIT
// comparator-i;ascii-numeric (RFC 4790 section 9.1): complete. Numbers of any length; what does not begin
// with a digit is positive infinity, equal to every other such string.
#include "base/ascii.h"
#include "sieve/spec.h"

#include <algorithm>

namespace sieve {

namespace {

/// The leading digits without leading zeros; "0" for zero; empty for infinity.
std::string_view digits(std::string_view text) {
  const auto end = std::find_if_not(text.begin(), text.end(), base::is_digit);
  text = text.substr(0, static_cast<std::size_t>(end - text.begin()));
  while (text.size() > 1 && text.front() == '0') text.remove_prefix(1);
  return text;
}

class AsciiNumeric final : public Comparator {
public:
  constexpr AsciiNumeric() : Comparator("i;ascii-numeric") {}
  bool has_substring() const override { return false; }
  std::string fold(std::string_view text) const override { return std::string(digits(text)); }
  int compare(std::string_view a, std::string_view b) const override {
    a = digits(a);
    b = digits(b);
    if (a.empty() || b.empty()) return static_cast<int>(a.empty()) - static_cast<int>(b.empty());
    if (a.size() != b.size()) return a.size() < b.size() ? -1 : 1;
    return a.compare(b);
  }
};

constinit const AsciiNumeric ascii_numeric;
constinit const Comparator* const comparators[] = {&ascii_numeric};

} // namespace

extern const Extension comparator_ascii_numeric_extension;
constinit const Extension comparator_ascii_numeric_extension = {
    .name = "comparator-i;ascii-numeric", .rfc = "4790, 2244", .comparators = comparators};

} // namespace sieve
