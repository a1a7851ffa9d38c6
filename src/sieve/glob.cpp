// SPDX-License-Identifier: MIT
#include "sieve/glob.h"

#include "base/utf8.h"

#include <algorithm>
#include <cstring>

namespace sieve {

namespace {

constexpr auto none = static_cast<std::size_t>(-1);

} // namespace

/// The folded value cut into the comparator's characters, with where each stands in the value: folding may
/// change lengths.
struct Glob::Text {
  std::string_view folded;
  std::vector<std::size_t> offsets; // of each character in the value, and the value's end
  std::vector<std::size_t> starts;  // the same in `folded`; both empty when characters are octets

  Text(std::string_view value, std::string_view folded_value, const Comparator& comparator)
      : folded(folded_value) {
    if (!comparator.by_code_point()) return;
    std::size_t start = 0;
    for (std::size_t at = 0; at < value.size();) {
      const auto point = base::next_code_point(value.substr(at));
      offsets.push_back(at);
      starts.push_back(start);
      start += point.value < 0x80 ? 1 : comparator.fold(value.substr(at, point.length)).size();
      at += point.length;
    }
    offsets.push_back(value.size());
    starts.push_back(start);
  }

  std::size_t size() const { return starts.empty() ? folded.size() : starts.size() - 1; }
  std::string_view at(std::size_t index) const {
    return starts.empty() ? folded.substr(index, 1)
                          : folded.substr(starts[index], starts[index + 1] - starts[index]);
  }
  std::size_t offset(std::size_t index) const { return offsets.empty() ? index : offsets[index]; }

  /// The first character from `from` on that `literal` may begin with, by memmem(3), which takes an eighth of
  /// the time for an octet; none if it stands nowhere.
  std::size_t find(std::string_view literal, std::size_t from, std::uint64_t& steps) const {
    if (literal.empty()) return from;
    const std::string_view rest = folded.substr(starts.empty() ? from : starts[from]);
    const void* const found = memmem(rest.data(), rest.size(), literal.data(), literal.size());
    const char* const place = found != nullptr ? static_cast<const char*>(found) : rest.data() + rest.size();
    const auto distance = static_cast<std::size_t>(place - rest.data());
    steps += distance / 8 + 8;
    if (found == nullptr) return none;
    if (starts.empty()) return from + distance;
    const auto begin = starts.begin() + static_cast<std::ptrdiff_t>(from);
    return static_cast<std::size_t>(std::lower_bound(begin, starts.end(), *begin + distance) -
                                    starts.begin());
  }
};

Glob::Glob(std::string_view pattern, const Comparator& comparator) : comparator_(comparator) {
  const bool octets = !comparator.by_code_point(); // then folding keeps their number
  items_.reserve(pattern.size());
  literals_.reserve(pattern.size());
  std::size_t star = none; // if it is the last wildcard
  for (std::size_t at = 0; at < pattern.size();) {
    const char c = pattern[at];
    if (c == '*' || c == '?') {
      star = c == '*' ? items_.size() : none;
      items_.push_back({c == '*' ? Kind::many : Kind::one, literals_.size()});
      ++at;
      continue;
    }
    if (c == '\\' && at + 1 < pattern.size()) ++at;
    const std::size_t length = octets ? 1 : base::next_code_point(pattern.substr(at)).length;
    Item item{Kind::character, literals_.size()};
    if (octets)
      literals_ += pattern[at];
    else
      literals_ += comparator.fold(pattern.substr(at, length));
    item.length = literals_.size() - item.begin;
    items_.push_back(item);
    if (star != none) items_[star].length += item.length;
    at += length;
  }
  if (octets && !comparator.is_identity()) literals_ = comparator.fold(literals_);
}

/// Greedy from the left with a return to the last star only: an earlier star never need take more, since what
/// the later one takes can be anything. That keeps it from being exponential.
bool Glob::run(const Text& text, std::vector<std::size_t>& taken, std::uint64_t& steps,
               std::uint64_t limit) const {
  std::size_t item = 0;
  std::size_t at = 0;
  std::size_t star = none;
  std::size_t star_end = 0;
  taken.assign(items_.size() + 1, 0); // where each item begins in the value
  while (true) {
    if (++steps > limit) return false;
    if (item == items_.size() && at == text.size()) break;
    const Item* const wanted = item < items_.size() ? &items_[item] : nullptr;
    if (wanted != nullptr) taken[item] = at;
    if (wanted != nullptr && wanted->kind == Kind::many) {
      star = item;
      star_end = at;
    } else if (wanted != nullptr && at < text.size() &&
               (wanted->kind == Kind::one || text_of(*wanted) == text.at(at))) {
      ++item;
      ++at;
      continue;
    } else if (star == none || star_end++ == text.size()) {
      return false;
    }
    // The star takes what is left, or all up to where the characters behind it stand next.
    star_end = star + 1 == items_.size() ? text.size() : text.find(text_of(items_[star]), star_end, steps);
    if (star_end == none) return false;
    item = star + 1;
    at = star_end;
  }
  taken[items_.size()] = text.size();
  return true;
}

bool Glob::match(std::string_view value, std::vector<std::string>* captures, std::uint64_t& steps,
                 std::uint64_t limit) const {
  if (comparator_.is_identity()) return match(value, value, captures, steps, limit);
  return match(value, comparator_.fold(value), captures, steps, limit);
}

bool Glob::match(std::string_view value, std::string_view folded, std::vector<std::string>* captures,
                 std::uint64_t& steps, std::uint64_t limit) const {
  const Text text(value, folded, comparator_);
  std::vector<std::size_t> taken;
  if (!run(text, taken, steps, limit)) return false;
  if (captures == nullptr) return true;
  captures->assign(1, std::string(value));
  for (std::size_t i = 0; i < items_.size(); ++i) {
    if (items_[i].kind == Kind::character) continue;
    const std::size_t from = text.offset(taken[i]);
    captures->emplace_back(value.substr(from, text.offset(taken[i + 1]) - from));
  }
  return true;
}

} // namespace sieve
