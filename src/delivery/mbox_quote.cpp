// SPDX-License-Identifier: MIT
#include "delivery/mbox_quote.h"

#include <cstring>

namespace delivery {

namespace {

constexpr std::string_view from = "From ";
constexpr std::string_view quote = ">";

/// Pieces that all begin at the beginning of a line.
Content::Pieces at_line_starts(Content& content) {
  Content::Pieces pieces;
  std::string joined;
  for (const auto piece : content.pieces()) {
    if (piece.empty()) continue;
    if (joined.empty() && piece.back() == '\n') {
      pieces.push_back(piece);
      continue;
    }
    joined += piece;
    if (piece.back() != '\n') continue;
    pieces.push_back(content.own(std::move(joined)));
    joined.clear();
  }
  if (!joined.empty()) pieces.push_back(content.own(std::move(joined)));
  return pieces;
}

/// Where the line that holds the '>'s before `at` begins, or npos if anything else stands before.
std::size_t quoted_line_start(std::string_view piece, std::size_t at) {
  while (at > 0 && piece[at - 1] == '>') --at;
  return at == 0 || piece[at - 1] == '\n' ? at : std::string_view::npos;
}

/// Where the next "From " is, or npos. A large message goes through little memory.
std::size_t find_from(const Content& content, std::string_view piece, std::size_t at) {
  constexpr std::size_t window = 1 << 20;
  for (; at < piece.size(); at += window) {
    const auto part = piece.substr(at, window + from.size() - 1);
    if (const void* found = memmem(part.data(), part.size(), from.data(), from.size()))
      return static_cast<std::size_t>(static_cast<const char*>(found) - piece.data());
    content.release(piece.substr(at, window));
  }
  return std::string_view::npos;
}

void quote_piece(const Content& content, std::string_view piece, Content::Pieces& result) {
  std::size_t written = 0;
  std::size_t at = 0;
  while ((at = find_from(content, piece, at)) != std::string_view::npos) {
    const auto start = quoted_line_start(piece, at);
    at += from.size();
    if (start == std::string_view::npos) continue;
    if (start > written) result.push_back(piece.substr(written, start - written));
    result.push_back(quote);
    written = start;
  }
  if (written < piece.size()) result.push_back(piece.substr(written));
}

} // namespace

void quote_mbox(Content& content) {
  Content::Pieces result;
  for (const auto piece : at_line_starts(content)) quote_piece(content, piece, result);
  content.set_pieces(std::move(result));
}

} // namespace delivery
