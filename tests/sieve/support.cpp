// SPDX-License-Identifier: MIT
#include "support.h"

#include "support/catch.h"

namespace sieve::test {

namespace {

std::string shown(const Flags& flags) {
  std::string text;
  for (const auto& flag : flags) text += (text.empty() ? "" : " ") + flag;
  return text.empty() ? text : " [" + text + "]";
}

struct Shown {
  std::string operator()(const Keep& a) const { return "keep" + shown(a.flags); }
  std::string operator()(const FileInto& a) const {
    return "fileinto " + a.mailbox + (a.create ? " :create" : "") + shown(a.flags);
  }
  std::string operator()(const Redirect& a) const { return "redirect " + a.address.str(); }
  std::string operator()(const Discard&) const { return "discard"; }
  std::string operator()(const Reject& a) const { return (a.ereject ? "ereject " : "reject ") + a.reason; }
  std::string operator()(const Vacation& a) const { return "vacation " + a.sender; }
  std::string operator()(const Notify& a) const { return "notify " + a.method; }
  std::string operator()(const Report&) const { return "report"; }
  std::string operator()(const Pipe& a) const { return "pipe " + a.program; }
  std::string operator()(const DuplicateMark& a) const { return "duplicate " + a.id; }
};

MessageEnvelope usual_envelope() {
  MessageEnvelope envelope;
  envelope.transaction.reverse_path = {"alice", "example.org"};
  envelope.recipient.address = {"bob+lists", "example.com"};
  return envelope;
}

} // namespace

std::string errors_of(const std::string& script) {
  Diagnostics diagnostics;
  const auto compiled = compile(script, {.name = "test"}, diagnostics);
  std::string text;
  for (const auto& diagnostic : diagnostics) {
    if (diagnostic.severity != Severity::error) continue;
    text += std::to_string(diagnostic.position.line) + ':' + std::to_string(diagnostic.position.column) +
            ": " + diagnostic.text + '\n';
  }
  CHECK((compiled == nullptr) == !text.empty());
  return text;
}

std::string outcome_of(const std::string& script, std::string_view octets, const Host& host,
                       const MessageEnvelope* envelope) {
  Diagnostics diagnostics;
  const auto compiled = compile(script, {.name = "test", .host = &host}, diagnostics);
  if (compiled == nullptr) return "does not compile: " + diagnostics.front().text;
  Evaluation evaluation(host, {octets, envelope != nullptr ? *envelope : usual_envelope()});
  evaluation.run(*compiled);
  const Outcome outcome = evaluation.finish();
  std::string text;
  const auto add = [&](const std::string& item) { text += (text.empty() ? "" : "; ") + item; };
  for (const auto& action : outcome.actions) {
    add(std::visit(Shown(), action.what) + (action.copy ? " :copy" : ""));
  }
  if (outcome.implicit_keep) add("implicit keep" + shown(outcome.keep.flags));
  for (const auto& line : outcome.log) {
    if (line.severity == Severity::error) add("error: " + line.text);
  }
  return text;
}

bool holds(const std::string& requires_list, const std::string& test, std::string_view octets) {
  const std::string script = "require [\"fileinto\"" + (requires_list.empty() ? "" : ", " + requires_list) +
                             "];\nif " + test + " { fileinto \"yes\"; }";
  const std::string outcome = outcome_of(script, octets);
  INFO(script << "\n=> " << outcome);
  CHECK((outcome == "fileinto yes" || outcome == "implicit keep"));
  return outcome == "fileinto yes";
}

} // namespace sieve::test
