// SPDX-License-Identifier: MIT
// Strings of a compiled script, with what must be put into them when it runs; and lists of values met in a
// message.
#pragma once

#include "sieve/error.h"

#include <forward_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sieve {

class Comparator;
class Execution;

/// Something inside a string that has its value at run time: a variable (RFC 5229).
class Reference {
public:
  virtual ~Reference() = default;
  virtual std::string value(Execution& execution) const = 0;
};

/// A piece of a string: literal text, or a reference.
struct TextPiece {
  std::string literal;
  std::shared_ptr<const Reference> reference;
};

/// Lives no longer than its Script, in whose text it has a view.
class Text {
public:
  Text() = default;
  explicit Text(std::string_view literal, Position where = {}) : position(where), literal_(literal) {}
  Text(std::vector<TextPiece> pieces, Position where) : position(where), pieces_(std::move(pieces)) {}

  /// No references: the value is known at compile time.
  bool constant() const { return pieces_.empty(); }
  std::string_view literal() const { return literal_; }
  std::string value(Execution& execution) const;

  Position position;

private:
  std::string_view literal_;
  std::vector<TextPiece> pieces_; // with one reference at least, or none
};

using TextList = std::vector<Text>;

std::vector<std::string> values_of(const TextList& texts, Execution& execution);

/// What a comparator made of a value, kept with it where several tests look at one long value: the form for
/// the comparator that asked last.
struct FoldedForm {
  const Comparator* comparator = nullptr;
  std::string text;
};

/// What a test compares: views over the message or strings that the list owns.
class ValueList {
public:
  void add(std::string value) { items_.push_back(owned_.emplace_front(std::move(value))); }
  /// `value` must outlive the list.
  void add_view(std::string_view value) { items_.push_back(value); }
  /// The same with a place for its folded form, which lives as long as the value and belongs to no other.
  void add_view(std::string_view value, FoldedForm& form) {
    items_.push_back(value);
    forms_.resize(items_.size());
    forms_.back() = &form;
  }
  /// One that :count does not count: the null sender (RFC 5231 section 4.2).
  void add_uncounted(std::string value) {
    ++uncounted_;
    add(std::move(value));
  }
  /// For those who watch: the header field or envelope part that values added from now on come from, which
  /// must outlive the list.
  void from(std::string_view origin) { origins_.emplace_back(items_.size(), origin); }
  /// Empty where nothing was said.
  std::string_view origin(std::size_t item) const;
  const std::vector<std::string_view>& items() const { return items_; }
  bool empty() const { return items_.empty(); }
  /// Null where there is no such place.
  FoldedForm* form(std::size_t item) const { return item < forms_.size() ? forms_[item] : nullptr; }
  /// What :count counts, where it is not the number of items (RFC 5231 section 4.3).
  std::optional<std::size_t> counted;
  std::size_t count() const { return counted.value_or(items_.size() - uncounted_); }

private:
  std::forward_list<std::string> owned_;
  std::vector<std::string_view> items_;
  std::vector<FoldedForm*> forms_; // of the items that have one; shorter than items_ where the last have none
  std::vector<std::pair<std::size_t, std::string_view>> origins_; // with the first item of each
  std::size_t uncounted_ = 0;
};

/// The same as values_of(), with views of what is constant.
ValueList value_list(const TextList& texts, Execution& execution);

} // namespace sieve
