// SPDX-License-Identifier: MIT
// The tree of the generic grammar (RFC 5228 section 8.2): what the parser knows of a script. Names mean
// nothing yet. It has views of the script alone, and of its Texts.
#pragma once

#include "sieve/error.h"

#include <cstdint>
#include <forward_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sieve {

/// What does not stand in a script as it is meant: strings with escapes or line ends, sentences about errors.
using Texts = std::forward_list<std::string>;

struct StringLiteral {
  std::string_view text; // unescaped; line ends are CRLF
  Position position;
};

struct Argument {
  enum class Kind { tag, number, strings };
  Kind kind = Kind::tag;
  Position position;
  std::string_view tag;               // without the colon, as written
  std::uint64_t number = 0;           // quantifier applied
  std::vector<StringLiteral> strings; // one, unless bracketed
  bool bracketed = false;
};

/// A command or a test: the grammar gives both the same shape.
struct Construct {
  std::string_view name; // as written
  Position position;
  std::vector<Argument> arguments;
  std::vector<Construct> tests;
  bool test_list = false; // the tests stood in parentheses
  std::optional<std::vector<Construct>> block;
};

} // namespace sieve
