// SPDX-License-Identifier: MIT
// Match types (RFC 5228 section 2.7.1): how a value is compared with a key.
#pragma once

#include "sieve/arguments.h"
#include "sieve/comparator.h"
#include "sieve/value.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sieve {

class Compiler;
class Execution;

/// What a test matches with, chosen by its tags at compile time.
struct Match {
  const MatchType* type = nullptr;
  const Comparator* comparator = nullptr;
  TagUse tag; // the match type's own, with its parameter; without spec when :is was taken by default
  bool captures = false;                // does the script read match values?
  std::shared_ptr<const void> prepared; // what the match type made of constant keys
};

class MatchType {
public:
  constexpr explicit MatchType(std::string_view its_name) : name(its_name) {}
  const std::string_view name;

  /// Judges comparator, parameter and constant keys; reports to the compiler. May fill Match::prepared.
  virtual void check(Compiler& compiler, Match& match, Position position, const TextList& keys) const;
  /// Needs it the comparator's substring operation?
  virtual bool needs_substring() const { return false; }
  /// Does any value match any key? Match values are set by the first pair that does.
  virtual bool match(Execution& execution, const Match& match, const ValueList& values,
                     const std::vector<std::string_view>& keys) const = 0;

protected:
  ~MatchType() = default; // only constants of the program's are any: nothing is to be destroyed
};

/// :is, the default.
const MatchType& is_match();

/// Takes the match type and comparator of a test. `keys` are its keys. Null comparator or type never comes
/// out; what is wrong is reported.
Match bind_match(Compiler& compiler, const Arguments& arguments, const TextList& keys,
                 const Comparator& default_comparator = ascii_casemap_comparator());

/// The test itself, traced: evaluates the keys, compares.
bool run_match(Execution& execution, const Match& match, const ValueList& values, const TextList& keys);

} // namespace sieve
