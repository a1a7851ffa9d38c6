// SPDX-License-Identifier: MIT
// Who wants to see why mail goes where it goes: told of every step while a script runs.
#pragma once

#include "sieve/node.h"
#include "sieve/value.h"

#include <string>
#include <string_view>
#include <vector>

namespace sieve {

class Script;
struct Action;

class TraceSink {
public:
  virtual ~TraceSink() = default;
  virtual void command(const Script&, const Command&) {}
  /// A test begins: those inside it, and what it compares, come before its result.
  virtual void testing(const Script&, const Test&) {}
  /// What a test compared: the values it found in the message, and the keys; before its result.
  virtual void compared(const ValueList&, const std::vector<std::string_view>&) {}
  /// The first value that matched, and the key it matched; before the test's result.
  virtual void hit(std::string_view, std::string_view) {}
  /// Match values that a test has set (RFC 5229 section 3.2): ${0}, ${1}, ... Before its result.
  virtual void matched(const std::vector<std::string>&) {}
  virtual void tested(const Script&, const Test&, bool) {}
  /// The tests before an else were all false: its block is next.
  virtual void otherwise(const Script&, Position) {}
  virtual void variable(const std::string&, const std::string&) {}
  /// Flags that are in force from now on for stores that name none (RFC 5232).
  virtual void flags(const std::vector<std::string>&) {}
  virtual void action(const Action&) {}
};

} // namespace sieve
