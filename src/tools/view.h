// SPDX-License-Identifier: MIT
// A command or test of a syntax tree with its arguments in their places, by what the engine's records say of
// it: what linting and explaining look at. Extensions count whether they are required or not.
#pragma once

#include "sieve/spec.h"
#include "sieve/syntax.h"

#include <string>
#include <string_view>
#include <vector>

namespace tools {

enum class Kind { command, test };

/// What a record says of the form of a command or test.
struct Form {
  std::string_view name;
  Kind kind = Kind::command;
  std::span<const sieve::Type> positionals;
  unsigned optional = 0, optional_last = 0;
  std::uint8_t groups = 0;
  std::span<const sieve::TagSpec> tags;
};

/// The core language, then all extensions.
std::vector<const sieve::Extension*> whole_language();
/// The commands or tests of an extension.
std::vector<Form> forms(const sieve::Extension& extension, Kind kind);
/// The tags that an extension lends to the commands and tests of others.
bool lends(const sieve::TagSpec& tag, const Form& form);

struct TagView {
  const sieve::TagSpec* spec = nullptr;
  const sieve::Extension* extension = nullptr; // null: the command's own tag
  const sieve::Argument* tag = nullptr;
  const sieve::Argument* parameter = nullptr; // null: it takes none
};

struct View {
  const sieve::Construct* construct = nullptr;
  bool known = false; // false: no record has the name, or the arguments are not as its record wants them
  Form form;
  std::vector<TagView> tags;
  std::vector<const sieve::Argument*> positionals; // by their place in the record; null: left out

  bool is(std::string_view name) const { return known && form.name == name; }
  const TagView* tag(std::string_view name) const;
  const TagView* tag(sieve::TagGroup group) const;
  /// "is" where none is given.
  std::string_view match_type() const;
  /// "i;ascii-casemap" where none is given.
  std::string_view comparator() const;
  /// The strings of a positional; none where it is left out.
  const std::vector<sieve::StringLiteral>& strings(std::size_t index) const;
};

View view(const sieve::Construct& construct, Kind kind);

} // namespace tools
