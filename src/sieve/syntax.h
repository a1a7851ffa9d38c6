// SPDX-License-Identifier: MIT
// The tree of the generic grammar (RFC 5228 section 8.2): what the parser knows of a script. Names mean
// nothing yet.
#pragma once

#include "sieve/error.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sieve {

struct StringLiteral {
  std::string text; // unescaped; line ends are CRLF
  Position position;
};

struct Argument {
  enum class Kind { tag, number, strings };
  Kind kind = Kind::tag;
  Position position;
  std::string tag;                    // without the colon, as written
  std::uint64_t number = 0;           // quantifier applied
  std::vector<StringLiteral> strings; // one, unless bracketed
  bool bracketed = false;
};

/// A command or a test: the grammar gives both the same shape.
struct Construct {
  std::string name; // as written
  Position position;
  std::vector<Argument> arguments;
  std::vector<Construct> tests;
  bool test_list = false; // the tests stood in parentheses
  std::optional<std::vector<Construct>> block;
};

} // namespace sieve
