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

/// Looks for "From " in a piece; a large one goes through little memory.
class Search {
public:
  Search(const Content& content, std::string_view piece) : content_(content), piece_(piece) {}

  /// Where the next one begins, or npos.
  std::size_t next() {
    while (at_ < piece_.size()) {
      const auto part = piece_.substr(at_, window + from.size() - 1);
      const void* found = memmem(part.data(), part.size(), from.data(), from.size());
      const auto start = found ? static_cast<std::size_t>(static_cast<const char*>(found) - piece_.data())
                               : std::string_view::npos;
      at_ = found ? start + from.size() : at_ + window;
      release();
      if (found) return start;
    }
    return std::string_view::npos;
  }

private:
  static constexpr std::size_t window = 1 << 20;

  void release() {
    if (at_ - kept_ < window) return;
    content_.release(piece_.substr(kept_, at_ - kept_));
    kept_ = at_;
  }

  const Content& content_;
  std::string_view piece_;
  std::size_t at_ = 0;
  std::size_t kept_ = 0; // what was looked through before is released
};

void quote_piece(const Content& content, std::string_view piece, Content::Pieces& result) {
  std::size_t written = 0;
  Search search(content, piece);
  for (std::size_t at; (at = search.next()) != std::string_view::npos;) {
    const auto start = quoted_line_start(piece, at);
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
