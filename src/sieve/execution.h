// SPDX-License-Identifier: MIT
// One run of one script: its variables, its place, its budget.
#pragma once

#include "sieve/message_state.h"
#include "sieve/script.h"
#include "sieve/trace.h"

#include <cstdint>
#include <ctime>
#include <string>
#include <vector>

namespace sieve {

struct TagUse;

class Execution {
public:
  Execution(MessageState& state, const Script& script, TraceSink* trace);

  /// Runs the whole script. Throws ScriptError.
  void run();

  // For nodes.
  Flow run(const Command& command);
  Flow run(const Block& block);
  bool test(const Test& test);
  /// A script inside this one (include): `return` in it ends it alone. Flow::stop if it said stop.
  Flow run_included(const Script& script);

  /// Unwinds to the node that is `target`: it sees Flow::leave and asks leaving().
  Flow leave(const void* target) {
    leaving_ = target;
    return Flow::leave;
  }
  const void* leaving() const { return leaving_; }

  MessageState& state() { return state_; }
  const Host& host() const { return state_.host; }
  const Limits& limits() const { return state_.limits; }
  /// Octets of which the first in a local part begins the detail (RFC 5233).
  const std::string& recipient_delimiter() const { return state_.envelope.recipient_delimiter; }
  const mail::EditedMessage& message() const { return state_.message(); }
  /// The script whose command runs now: an included one inside include.
  const Script& script() const { return *script_; }

  /// Adds an action with its origin; flags in force are put in before `tags` may change it.
  void act(ActionKind what, const Node& node, const std::vector<TagUse>& tags);
  /// The same without any tag.
  void act(ActionKind what, const Node& node);

  /// Counts work; throws ScriptError when the budget of this run is used up.
  void spend(std::uint64_t steps = 1);
  /// The same for what long values, many keys or a large message make dear inside of a command or test. The
  /// unit is about what one step of :matches takes, a few nanoseconds.
  void spend_work(std::uint64_t steps);
  std::uint64_t work_left() const { return work_limit_ - work_; }
  void warn(Position position, const std::string& text);
  void report(Severity severity, Position position, const std::string& text);
  /// What a test is about to compare, for those who watch.
  void compared(const ValueList& values, const std::vector<std::string_view>& keys) {
    if (trace_ != nullptr) trace_->compared(values, keys);
  }
  /// The pair that made it true.
  void hit(std::string_view value, std::string_view key) {
    if (trace_ != nullptr) trace_->hit(value, key);
  }
  /// The block of an else, which stands there, is next.
  void otherwise(Position position) {
    if (trace_ != nullptr) trace_->otherwise(*script_, position);
  }
  TraceSink* trace() const { return trace_; }

  /// Values of ${0}, ${1}, ... (RFC 5229 section 3.2). A match sets all of them.
  std::vector<std::string> match_values;
  /// Where extensions keep what belongs to this run: global variables, open loops.
  Slots slots;
  /// The same for the script that runs now; an included script has its own.
  Slots& local() { return *local_; }

private:
  void check_cpu_time();

  MessageState& state_;
  const Script* script_;
  TraceSink* trace_;
  Slots outermost_;
  Slots* local_ = &outermost_;
  const void* leaving_ = nullptr;
  std::uint64_t steps_ = 0;
  std::clock_t started_ = std::clock();
  std::uint64_t work_limit_;
  std::uint64_t work_ = 0;
  std::vector<std::string> traced_match_values_;
  Position here_;
};

} // namespace sieve
