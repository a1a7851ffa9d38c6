// SPDX-License-Identifier: MIT
// A compiled script is a tree of nodes that run themselves.
#pragma once

#include "sieve/error.h"

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace sieve {

class Execution;

/// What a command says of the one after it. `leave`: unwind to the node named by Execution::leaving().
enum class Flow { next, stop, leave };

class Node {
public:
  virtual ~Node() = default;
  Position position;
  std::string_view name; // of the command or test, from its static specification
};

class Command : public Node {
public:
  /// Throws ScriptError. Call it through Execution::run(), which counts and traces.
  virtual Flow run(Execution& execution) const = 0;
};

class Test : public Node {
public:
  /// Throws ScriptError. Call it through Execution::test(), which counts and traces.
  virtual bool test(Execution& execution) const = 0;
  /// The result where it is known before any message is: branches that can never run are not validated
  /// (RFC 5463 section 4).
  virtual std::optional<bool> constant() const { return std::nullopt; }
};

using Block = std::vector<std::unique_ptr<Command>>;

} // namespace sieve
