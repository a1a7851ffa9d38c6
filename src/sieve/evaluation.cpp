// SPDX-License-Identifier: MIT
#include "sieve/execution.h"
#include "sieve/sieve.h"

namespace sieve {

struct Evaluation::State {
  MessageState message;
  TraceSink* trace;
  bool failed = false; // a script ended in an error: the message as it came is kept
};

Evaluation::Evaluation(const Host& host, Input input, const Limits& limits, TraceSink* trace)
    : state_(new State{MessageState(host, std::move(input), limits), trace}) {}

Evaluation::~Evaluation() = default;

bool Evaluation::run(const Script& script) {
  MessageState& message = state_->message;
  message.next_script();
  const Result before = message.result;
  Execution execution(message, script, state_->trace);
  try {
    execution.run();
    return true;
  } catch (const ScriptError& error) {
    message.log.push_back({Severity::error, execution.script().name, error.position, sentence(error.what())});
  }
  message.result = before;
  message.revert();
  message.slots.clear();
  state_->failed = true;
  return false;
}

bool Evaluation::keep_in_force() const {
  const Result& result = state_->message.result;
  return state_->failed || !result.keep_cancelled() || result.stores_inbox();
}

Outcome Evaluation::finish() {
  MessageState& message = state_->message;
  Outcome outcome;
  outcome.implicit_keep = state_->failed || !message.result.keep_cancelled();
  outcome.keep = {message.snapshot(), message.store_flags()};
  for (auto& entry : message.result.entries()) {
    const auto* vacation = std::get_if<Vacation>(&entry.action.what);
    const bool in_vain = vacation != nullptr && vacation->mail.recipients.empty();
    if (!in_vain) outcome.actions.push_back(std::move(entry.action));
  }
  outcome.log = std::move(message.log);
  return outcome;
}

} // namespace sieve
