// SPDX-License-Identifier: MIT
#include "base/nearest.h"

#include "base/ascii.h"

#include <algorithm>
#include <vector>

namespace base {

namespace {

std::string plain(std::string_view word) {
  std::string text = lower(word);
  std::replace(text.begin(), text.end(), '_', '-');
  return text;
}

/// Optimal string alignment: three rows of the matrix are enough.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before, above(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) above[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before = above;
    above = row;
  }
  return above[b.size()];
}

} // namespace

std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates) {
  const std::string wanted = plain(word.substr(0, 64));
  std::size_t fewest = wanted.size() / 3 + 1;
  std::string_view best;
  for (const auto candidate : candidates) {
    const std::size_t edits = distance(wanted, plain(candidate));
    if (edits > fewest || (edits == fewest && !best.empty())) continue;
    fewest = edits;
    best = candidate;
  }
  return best;
}

} // namespace base
