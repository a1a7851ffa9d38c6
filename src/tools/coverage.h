// SPDX-License-Identifier: MIT
// Which commands and branches of scripts ran, in all tests together.
#pragma once

#include "sieve/syntax.h"
#include "sieve/testsuite/world.h"
#include "sieve/trace.h"

#include <array>
#include <deque>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace tools {

/// Told of the scripts under test, and of each step. The test files themselves, which nobody adds, do not
/// count.
class Coverage final : public sieve::TraceSink {
public:
  void add(const sieve::testsuite::FoundScript& script);
  void command(const sieve::Script& script, const sieve::Command& command) override;
  void tested(const sieve::Script& script, const sieve::Test& test, bool result) override;

  /// The source of each script with how often its commands ran in front of them, what did not run, and a last
  /// line with the sum of them.
  std::string text() const;

private:
  using Place = std::pair<unsigned, unsigned>; // line, column
  struct Script {
    std::string path, source;
    std::set<std::string> names; // under which it was compiled
    std::map<Place, std::size_t> commands;
    std::map<Place, std::array<std::size_t, 2>> tests; // false, true
  };
  struct Tally {
    std::size_t commands = 0, commands_run = 0, branches = 0, branches_run = 0;
  };
  class Listing;

  Script* find(const std::string& name, const std::string& source);

  std::deque<Script> scripts_;
};

} // namespace tools
