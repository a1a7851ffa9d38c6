// SPDX-License-Identifier: MIT
// The part of the message that a script looks at (RFC 5703 section 3): the one that the innermost
// foreverypart visits, or the whole message outside of any. Scripts may change the message while they walk
// through it, so that places are kept as paths and looked up in the message as it is now.
#pragma once

#include "mail/part.h"
#include "sieve/action.h"

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace sieve {

class Compiler;
class Execution;

/// The number of a child at each level, from the message (empty) down.
using PartPath = std::vector<std::size_t>;

/// Null if there is none.
const mail::Part* find_part(const mail::Part& root, const PartPath& path);

/// Calls `visit` for the part and all those in it, depth first.
void each_part(const mail::Part& part, const std::function<void(const mail::Part&)>& visit);

/// Are its transfer encoding and its charset known?
bool is_readable(const mail::Part& part);

/// A part, with what keeps it alive. Null: an edit took it away.
struct PartView {
  Snapshot message;
  const mail::Part* part = nullptr;
  PartPath path;
};
PartView current_part(Execution& execution);
bool in_part_loop(Execution& execution);

/// foreverypart while it runs; loops of an including script are around those of the included one.
class PartLoop {
public:
  /// Throws ScriptError if too many loops are open already.
  PartLoop(Execution& execution, Position position);
  PartLoop(const PartLoop&) = delete;
  PartLoop& operator=(const PartLoop&) = delete;
  ~PartLoop();

  /// Goes to the first part: the message itself, or what the part of the loop around this one holds.
  bool begin();
  /// Goes on; false at the end.
  bool next();

private:
  Execution& execution_;
};

/// What stood at the current part is another now: its loop does not look into it.
void part_was_replaced(Execution& execution);
/// The whole message stands at `path` of a new one now.
void message_was_enclosed(Execution& execution, const PartPath& path);

/// Loops around the command that is being compiled, outermost first (in Compiler::slot()).
struct LoopScopes {
  struct Scope {
    const void* loop;
    std::string name;
  };
  std::vector<Scope> open;
};

} // namespace sieve
