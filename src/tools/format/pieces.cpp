// SPDX-License-Identifier: MIT
#include "tools/format/pieces.h"

#include "base/ascii.h"
#include "sieve/limits.h"

#include <algorithm>
#include <utility>

namespace tools {

namespace {

/// Reads what stands between two tokens.
class Gap {
public:
  Gap(std::string_view text, bool at_start) : rest_(text), newlines_(at_start ? 1 : 0) {}

  void read(std::vector<Comment>& after, std::vector<Comment>& before) {
    while (!rest_.empty()) {
      if (rest_.front() != '#' && rest_.substr(0, 2) != "/*") {
        newlines_ += rest_.front() == '\n' ? 1 : 0;
        rest_.remove_prefix(1);
        continue;
      }
      Comment comment{take(), newlines_ > 0, newlines_ > 1};
      own_ = own_ || comment.own_line;
      newlines_ = 0;
      (own_ ? before : after).push_back(std::move(comment));
    }
  }
  bool blank_at_end() const { return newlines_ > 1; }

private:
  std::string take() {
    const bool line = rest_.front() == '#';
    const auto found = line ? rest_.find('\n') : rest_.find("*/", 2);
    const auto end = found == std::string_view::npos ? rest_.size() : found + (line ? 0 : 2);
    std::string_view text = rest_.substr(0, end);
    rest_.remove_prefix(end);
    if (line) text = base::trim(text);
    return std::string(text);
  }

  std::string_view rest_;
  unsigned newlines_; // since the last comment
  bool own_ = false;
};

void move_behind(Piece& piece, Piece& separator) {
  std::vector<Comment> all;
  for (auto* from : {&piece.after, &separator.before, &separator.after}) {
    std::move(from->begin(), from->end(), std::back_inserter(all));
    from->clear();
  }
  separator.after = std::move(all);
  separator.blank_before = false;
}

} // namespace

std::vector<Piece> pieces(std::string_view source, sieve::Texts& texts) {
  std::vector<Piece> all;
  sieve::Lexer lexer(source, sieve::Limits().identifier_length, texts);
  const char* end = source.data() + (source.starts_with("\xef\xbb\xbf") ? 3 : 0);
  do {
    Piece piece;
    piece.token = lexer.next();
    const char* const begin = piece.token.source.data();
    Gap gap({end, static_cast<std::size_t>(begin - end)}, all.empty());
    gap.read(all.empty() ? piece.before : all.back().after, piece.before);
    piece.blank_before = gap.blank_at_end();
    end = begin + piece.token.source.size();
    const bool separator = piece.token.is(',') || piece.token.is(';');
    if (separator && !all.empty()) move_behind(all.back(), piece);
    all.push_back(std::move(piece));
    // What follows a separator on its line comes to the others only with the next gap, which appends.
  } while (all.back().token.kind != sieve::Token::Kind::end);
  return all;
}

} // namespace tools
