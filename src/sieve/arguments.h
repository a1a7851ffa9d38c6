// SPDX-License-Identifier: MIT
// The arguments of one command or test, sorted by what its specification says: tags, then positionals.
#pragma once

#include "sieve/spec.h"
#include "sieve/syntax.h"

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace sieve {

/// A tag that stands in the script, with its parameter.
struct TagUse {
  const TagSpec* spec = nullptr;
  Position position;
  TextList strings; // one for Type::string
  std::uint64_t number = 0;

  const Text& string() const { return strings.front(); }
};

class Arguments {
public:
  explicit Arguments(const Construct& construct) : construct_(construct) {}

  const Construct& construct() const { return construct_; }
  Position position() const { return construct_.position; }

  /// The tag, or null if the script did not give it.
  const TagUse* tag(std::string_view name) const;
  const TagUse* tag(TagGroup group) const;
  const std::vector<TagUse>& tags() const { return tags_; }
  /// The string after a tag; nothing if the script did not give it.
  std::optional<Text> tag_text(std::string_view name) const;

  /// Positionals by their place in the specification; those that may be left out can be absent.
  bool has(std::size_t index) const { return index >= first_ && index - first_ < positionals_.size(); }
  const Text& string(std::size_t index) const { return at(index).strings.front(); }
  const TextList& strings(std::size_t index) const { return at(index).strings; }
  /// For the node that keeps them: there are none any more then.
  TextList take_strings(std::size_t index) { return std::exchange(positionals_[index - first_].strings, {}); }
  std::uint64_t number(std::size_t index) const { return at(index).number; }
  /// Where it stands; the command itself if it is absent.
  Position position(std::size_t index) const;

  std::vector<std::unique_ptr<Test>> tests;

private:
  friend class Binder;
  struct Positional {
    Position position;
    TextList strings;
    std::uint64_t number = 0;
  };

  const Positional& at(std::size_t index) const { return positionals_[index - first_]; }

  const Construct& construct_;
  std::vector<TagUse> tags_;
  std::vector<Positional> positionals_; // those that stand there
  std::size_t first_ = 0;               // the place of the first of them in the specification
};

/// What the arguments of a construct are checked against, taken from its Spec.
struct Signature {
  std::string_view name;
  bool is_test = false;
  std::span<const Type> positionals;
  unsigned optional = 0;
  std::uint8_t groups = 0;
  std::span<const TagSpec> tags;
  unsigned optional_last = 0;
};

/// Sorts and checks; reports the first mistake to the compiler and returns false. `arguments` is then
/// unusable.
bool bind_arguments(Compiler& compiler, const Signature& signature, Arguments& arguments);

/// Reports an error, and false, if both tags stand there.
bool exclusive(Compiler& compiler, const Arguments& arguments, std::string_view one, std::string_view other);

} // namespace sieve
