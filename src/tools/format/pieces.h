// SPDX-License-Identifier: MIT
// The tokens of a script with the comments between them.
#pragma once

#include "sieve/lexer.h"

#include <string>
#include <string_view>
#include <vector>

namespace tools {

struct Comment {
  std::string text;          // with its # or /* */, without the line end
  bool own_line = false;     // nothing but blanks before it on its line
  bool blank_before = false; // a line without anything before it
};

struct Piece {
  sieve::Token token;
  std::vector<Comment> before, after; // `after`: begun on the line on which the token ends
  bool blank_before = false;
};

/// Their tokens have views of `source` and `texts`. The last piece is the end of the script. Comments stand
/// behind a following comma or semicolon.
std::vector<Piece> pieces(std::string_view source, sieve::Texts& texts);

} // namespace tools
