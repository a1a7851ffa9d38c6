// SPDX-License-Identifier: MIT
// i;octet (RFC 4790 section 9.3) and i;ascii-casemap (section 9.2).
#include "sieve/comparator.h"

#include "base/ascii.h"
#include "sieve/spec.h"

#include <algorithm>

namespace sieve {

namespace {

class Octet final : public Comparator {
public:
  constexpr Octet() : Comparator("i;octet") {}
  bool is_identity() const override { return true; }
  std::string fold(std::string_view text) const override { return std::string(text); }
  int compare(std::string_view a, std::string_view b) const override { return a.compare(b); }
};

class AsciiCasemap final : public Comparator {
public:
  constexpr AsciiCasemap() : Comparator("i;ascii-casemap") {}
  std::string fold(std::string_view text) const override { return base::upper(text); }
  int compare(std::string_view a, std::string_view b) const override {
    const std::size_t common = std::min(a.size(), b.size());
    for (std::size_t i = 0; i < common; ++i) {
      const int difference =
          static_cast<unsigned char>(base::to_upper(a[i])) - static_cast<unsigned char>(base::to_upper(b[i]));
      if (difference != 0) return difference;
    }
    return a.size() == b.size() ? 0 : a.size() < b.size() ? -1 : 1;
  }
  bool equal(std::string_view a, std::string_view b) const override {
    return base::equal_ignoring_case(a, b);
  }
};

constinit const Octet octet;
constinit const AsciiCasemap ascii_casemap;

constinit const Comparator* const octet_list[] = {&octet};
constinit const Comparator* const ascii_casemap_list[] = {&ascii_casemap};

} // namespace

// They need no require, but a script may require them all the same (RFC 5228 section 6.1).
extern const Extension comparator_octet_extension, comparator_ascii_casemap_extension;
constinit const Extension comparator_octet_extension = {
    .name = "comparator-i;octet", .rfc = "5228, 4790", .comparators = octet_list, .always = true};
constinit const Extension comparator_ascii_casemap_extension = {.name = "comparator-i;ascii-casemap",
                                                                .rfc = "5228, 4790",
                                                                .comparators = ascii_casemap_list,
                                                                .always = true};

const Comparator& octet_comparator() { return octet; }
const Comparator& ascii_casemap_comparator() { return ascii_casemap; }

} // namespace sieve
