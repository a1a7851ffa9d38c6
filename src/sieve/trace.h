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
  /// What a test compared: the values it found in the message, and the keys; before its result.
  virtual void compared(const ValueList&, const std::vector<std::string>&) {}
  virtual void tested(const Script&, const Test&, bool) {}
  virtual void variable(const std::string&, const std::string&) {}
  virtual void action(const Action&) {}
};

} // namespace sieve
