// SPDX-License-Identifier: MIT
// comparator-i;unicode-casemap (RFC 5051): complete, with the Unicode version of the utf8proc library; absent
// without it.
#include "sieve/spec.h"
#include "sieve/unicode.h"

namespace sieve {

namespace {

class UnicodeCasemap final : public Comparator {
public:
  constexpr UnicodeCasemap() : Comparator("i;unicode-casemap") {}
  bool by_code_point() const override { return true; }
  std::string fold(std::string_view text) const override { return unicode_fold(text); }
  int compare(std::string_view a, std::string_view b) const override {
    return unicode_fold(a).compare(unicode_fold(b));
  }
};

constinit const UnicodeCasemap unicode_casemap;
constinit const Comparator* const comparators[] = {&unicode_casemap};

} // namespace

extern const Extension comparator_unicode_casemap_extension;
constinit const Extension comparator_unicode_casemap_extension = {
    .name = "comparator-i;unicode-casemap",
    .rfc = "5051",
    .comparators = comparators,
    .available = [](const Compiler&) { return have_unicode(); }};

} // namespace sieve
