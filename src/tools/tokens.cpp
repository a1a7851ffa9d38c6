// SPDX-License-Identifier: MIT
#include "tools/tokens.h"

#include "sieve/lexer.h"
#include "sieve/limits.h"

#include <tuple>

namespace tools {

namespace {

bool before(sieve::Position a, sieve::Position b) {
  return std::tie(a.line, a.column) < std::tie(b.line, b.column);
}

struct Place {
  sieve::Position position;
  std::string_view source;
};

/// Of the last token that starts before, or at, a place; line 0: there is none.
Place last_token(std::string_view source, sieve::Position place, bool at_place) {
  sieve::Texts texts;
  sieve::Lexer lexer(source, sieve::Limits().identifier_length, texts);
  Place last;
  for (auto token = lexer.next(); token.kind != sieve::Token::Kind::end; token = lexer.next()) {
    if (at_place ? before(place, token.position) : !before(token.position, place)) break;
    last = {token.position, token.source};
  }
  return last;
}

} // namespace

sieve::Position token_end(std::string_view source, sieve::Position start) {
  const auto token = last_token(source, start, true);
  if (before(token.position, start)) return start;
  sieve::Position end = start;
  for (const char c : token.source) {
    ++end.column;
    if (c == '\n') end = {end.line + 1, 1};
  }
  return end;
}

sieve::Position token_before(std::string_view source, sieve::Position place) {
  return last_token(source, place, false).position;
}

} // namespace tools
