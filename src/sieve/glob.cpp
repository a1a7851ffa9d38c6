// SPDX-License-Identifier: MIT
#include "sieve/glob.h"

#include "base/utf8.h"

namespace sieve {

/// The value cut into the comparator's characters, each folded, with where it stood: folding may change
/// lengths.
struct Glob::Text {
  std::string folded;
  std::vector<std::size_t> offsets; // of each character in the value, and the value's end
  std::vector<std::size_t> starts;  // the same in `folded`; both empty when characters are octets

  Text(std::string_view value, const Comparator& comparator) {
    if (!comparator.by_code_point()) {
      folded = comparator.fold(value);
      return;
    }
    for (std::size_t at = 0; at < value.size();) {
      const auto length = base::next_code_point(value.substr(at)).length;
      offsets.push_back(at);
      starts.push_back(folded.size());
      folded += comparator.fold(value.substr(at, length));
      at += length;
    }
    offsets.push_back(value.size());
    starts.push_back(folded.size());
  }

  std::size_t size() const { return starts.empty() ? folded.size() : starts.size() - 1; }
  std::string_view at(std::size_t index) const {
    const std::string_view all = folded;
    return starts.empty() ? all.substr(index, 1)
                          : all.substr(starts[index], starts[index + 1] - starts[index]);
  }
  std::size_t offset(std::size_t index) const { return offsets.empty() ? index : offsets[index]; }
};

Glob::Glob(std::string_view pattern, const Comparator& comparator) : comparator_(comparator) {
  for (std::size_t at = 0; at < pattern.size();) {
    const char c = pattern[at];
    if (c == '*' || c == '?') {
      items_.push_back({c == '*' ? Kind::many : Kind::one, {}});
      ++at;
      continue;
    }
    if (c == '\\' && at + 1 < pattern.size()) ++at;
    const std::size_t length =
        comparator.by_code_point() ? base::next_code_point(pattern.substr(at)).length : 1;
    items_.push_back({Kind::character, comparator.fold(pattern.substr(at, length))});
    at += length;
  }
}

/// Greedy from the left with a return to the last star only: an earlier star never need take more, since what
/// the later one takes can be anything. That keeps it from being exponential.
bool Glob::run(const Text& text, std::vector<std::size_t>& taken, std::uint64_t& steps,
               std::uint64_t limit) const {
  constexpr auto none = static_cast<std::size_t>(-1);
  std::size_t item = 0;
  std::size_t at = 0;
  std::size_t star = none;
  std::size_t star_end = 0;
  taken.assign(items_.size() + 1, 0); // where each item begins in the value
  while (true) {
    if (++steps > limit) return false;
    if (item == items_.size() && at == text.size()) break;
    if (item < items_.size()) {
      taken[item] = at;
      const Item& wanted = items_[item];
      if (wanted.kind == Kind::many) {
        star = item++;
        star_end = at;
        continue;
      }
      if (at < text.size() && (wanted.kind == Kind::one || wanted.character == text.at(at))) {
        ++item;
        ++at;
        continue;
      }
    }
    if (star == none || star_end == text.size()) return false;
    item = star + 1;
    at = ++star_end;
  }
  taken[items_.size()] = text.size();
  return true;
}

bool Glob::match(std::string_view value, std::vector<std::string>* captures, std::uint64_t& steps,
                 std::uint64_t limit) const {
  const Text text(value, comparator_);
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
