// SPDX-License-Identifier: MIT
#include "sieve/execution.h"

#include "sieve/arguments.h"

#include <utility>

namespace sieve {

Execution::Execution(MessageState& state, const Script& script, TraceSink* trace)
    : state_(state), script_(&script), trace_(trace),
      work_limit_(state.limits.work + 2 * state.message().size()) {}

void Execution::run() { run(script_->commands); }

Flow Execution::run(const Command& command) {
  here_ = command.position;
  spend();
  if (trace_ != nullptr) trace_->command(*script_, command);
  return command.run(*this);
}

Flow Execution::run(const Block& block) {
  for (const auto& command : block) {
    const Flow flow = run(*command);
    if (flow != Flow::next) return flow;
  }
  return Flow::next;
}

bool Execution::test(const Test& test) {
  here_ = test.position;
  spend();
  if (trace_ == nullptr) return test.test(*this);
  trace_->testing(*script_, test);
  const bool result = test.test(*this);
  if (match_values != traced_match_values_) {
    traced_match_values_ = match_values;
    trace_->matched(match_values);
  }
  trace_->tested(*script_, test, result);
  return result;
}

Flow Execution::run_included(const Script& script) {
  Slots own;
  const Script* const includer = std::exchange(script_, &script);
  Slots* const outer = std::exchange(local_, &own);
  Flow flow = run(script.commands);
  script_ = includer;
  local_ = outer;
  if (flow == Flow::leave && leaving_ == &script) flow = Flow::next;
  return flow;
}

void Execution::act(ActionKind what, const Node& node) { act(std::move(what), node, {}); }

void Execution::act(ActionKind what, const Node& node, const std::vector<TagUse>& tags) {
  Action action{std::move(what), script_->name, node.position, false};
  if (auto* keep = std::get_if<Keep>(&action.what)) keep->flags = state_.store_flags();
  if (auto* store = std::get_if<FileInto>(&action.what)) store->flags = state_.store_flags();
  for (const TagUse& tag : tags) {
    if (tag.spec->on_action != nullptr) tag.spec->on_action(*this, tag, action);
  }
  for (const TagUse& tag : tags) {
    if (tag.spec->on_complete != nullptr) tag.spec->on_complete(*this, tag, action);
  }
  if (trace_ != nullptr) trace_->action(action);
  state_.result.add(std::move(action), limits());
}

void Execution::spend(std::uint64_t steps) {
  steps_ += steps;
  if (limits().cpu_seconds > 0) check_cpu_time();
  if (steps_ > limits().steps) {
    throw ScriptError(here_, "the script ran more than " + std::to_string(limits().steps) + " steps");
  }
}

void Execution::spend_work(std::uint64_t steps) {
  if (steps > work_left()) {
    throw ScriptError(here_, "the script did more than " + std::to_string(work_limit_) + " steps of work");
  }
  work_ += steps;
}

void Execution::check_cpu_time() {
  const std::clock_t used = std::clock() - started_;
  if (used / CLOCKS_PER_SEC < static_cast<std::clock_t>(limits().cpu_seconds)) return;
  throw ScriptError(here_, "the script used more than " + std::to_string(limits().cpu_seconds) +
                               " seconds of CPU time");
}

void Execution::report(Severity severity, Position position, const std::string& text) {
  state_.log.push_back({severity, script_->name, position, text});
}

void Execution::warn(Position position, const std::string& text) {
  report(Severity::warning, position, text);
}

} // namespace sieve
