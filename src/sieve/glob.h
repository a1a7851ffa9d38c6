// SPDX-License-Identifier: MIT
// The wildcards of :matches (RFC 5228 section 2.7.1).
#pragma once

#include "sieve/comparator.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sieve {

/// A pattern ready for one comparator: literals folded, wildcards found, "\*" and "\?" unescaped.
class Glob {
public:
  Glob(std::string_view pattern, const Comparator& comparator);

  /// Does the whole value match? `captures` (may be null) then holds the value and what each wildcard took,
  /// from left to right, every `*` as little as possible. Time is O(value x pattern) at worst; `steps` grows
  /// by the characters looked at, and beyond `limit` nothing matches.
  bool match(std::string_view value, std::vector<std::string>* captures, std::uint64_t& steps,
             std::uint64_t limit = UINT64_MAX) const;
  /// The same for whoever has what the comparator's fold() makes of the value.
  bool match(std::string_view value, std::string_view folded, std::vector<std::string>* captures,
             std::uint64_t& steps, std::uint64_t limit) const;

private:
  enum class Kind : std::uint8_t { character, one, many };
  struct Item {
    Kind kind;
    std::size_t begin, length = 0; // in literals_: the character; for a star, those up to the next wildcard
  };
  struct Text;
  bool run(const Text& text, std::vector<std::size_t>& taken, std::uint64_t& steps,
           std::uint64_t limit) const;

  std::string_view text_of(const Item& item) const {
    return std::string_view(literals_).substr(item.begin, item.length);
  }

  const Comparator& comparator_;
  std::vector<Item> items_;
  std::string literals_; // folded
};

} // namespace sieve
