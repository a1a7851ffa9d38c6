// SPDX-License-Identifier: MIT
// Collations (RFC 4790) that Sieve calls comparators (RFC 5228 section 2.7.3).
#pragma once

#include <string>
#include <string_view>

namespace sieve {

class Comparator {
public:
  constexpr explicit Comparator(std::string_view its_name) : name(its_name) {}

  const std::string_view name; // "i;octet"

  /// Has it the substring operation, for :contains and :matches?
  virtual bool has_substring() const { return true; }
  /// Is one character of :matches a code point rather than an octet? Then one of ASCII folds to one octet.
  virtual bool by_code_point() const { return false; }
  /// Does it leave the string as it is, so that nothing need be copied?
  virtual bool is_identity() const { return false; }
  /// The string as the operations see it: octets of two folded strings are equal if the strings are.
  virtual std::string fold(std::string_view text) const = 0;
  /// Less than, equal to, greater than 0.
  virtual int compare(std::string_view a, std::string_view b) const = 0;
  virtual bool equal(std::string_view a, std::string_view b) const { return compare(a, b) == 0; }

protected:
  ~Comparator() = default; // only constants of the program's are any: nothing is to be destroyed
};

/// Part of the language, always there (RFC 5228 section 2.7.3).
const Comparator& octet_comparator();
const Comparator& ascii_casemap_comparator();

} // namespace sieve
