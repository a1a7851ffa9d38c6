// SPDX-License-Identifier: MIT
#include "tools/report.h"

#include "base/ascii.h"
#include "delivery/refuse.h"
#include "sieve/reply_rules.h"
#include "sieve/result.h"
#include "tools/describe.h"

#include <algorithm>

namespace tools {

namespace {

std::string indented_edits(const MessageRun& run, const mail::EditedMessage& message) {
  const std::string text = edits(mail::EditedMessage(run.octets), message);
  return text.empty() ? text : indented(text, "      ");
}

std::string mail_text(const sieve::Action& action, const sieve::Snapshot& message) {
  if (const auto* mail = mail_of(action)) {
    std::string recipients;
    for (const auto& address : mail->recipients) recipients += " <" + address.str() + '>';
    return indented("from <" + mail->reverse_path.str() + "> to" + recipients, "      ") +
           indented(mail->octets, "      | ");
  }
  const bool redirect = std::holds_alternative<sieve::Redirect>(action.what);
  return redirect ? indented(message->str(), "      | ") : std::string();
}

std::string action_text(const MessageRun& run, const sieve::Action& action) {
  std::string text = "  " + place_of(run, action) + ": " + describe(action) + '\n';
  if (const auto why = objection_to(run, action); !why.empty()) text += "      " + why + '\n';
  const auto message = message_of(action);
  if (message != nullptr) text += indented_edits(run, *message);
  if (run.mails) text += mail_text(action, message);
  return text;
}

/// As the client gets it, its lines under each other.
std::string reply_text(const MessageRun& run) {
  const std::string wire = reply_of(run).wire(true);
  const std::string lines = indented(wire, "         ");
  return "  reply: " + lines.substr(9);
}

} // namespace

mail::Reply reply_of(const MessageRun& run) {
  for (const auto& action : run.outcome.actions) {
    const auto* reject = std::get_if<sieve::Reject>(&action.what);
    if (reject == nullptr) continue;
    const bool utf8 = run.envelope.transaction.smtputf8;
    const bool mailed = !reject->ereject && !delivery::can_be_said(*reject, utf8);
    if (mailed &&
        sieve::reason_not_to_reply(run.envelope.transaction.reverse_path, mail::EditedMessage(run.octets))
            .empty())
      return {250, "2.0.0", "Ok, and the sender is told by mail"};
    return delivery::refusal(*reject, utf8);
  }
  return {250, "2.0.0", "Ok"};
}

bool is_kept(const sieve::Outcome& outcome) {
  return outcome.implicit_keep &&
         std::none_of(outcome.actions.begin(), outcome.actions.end(), sieve::stores_inbox);
}

std::string place_of(const MessageRun& run, const sieve::Action& action) {
  const std::string script = action.script == run.personal ? "" : action.script + ' ';
  return script + "line " + std::to_string(action.position.line);
}

std::string objection_to(const MessageRun& run, const sieve::Action& action) {
  const auto* into = std::get_if<sieve::FileInto>(&action.what);
  if (into == nullptr || into->create || !run.world->mailboxes || run.world->has_folder(into->mailbox))
    return {};
  return "there is no such folder: the message as it came goes to the INBOX instead";
}

std::string shown(const MessageRun& run, const sieve::Diagnostic& diagnostic) {
  for (const auto& file : *run.scripts) {
    if (file.name == diagnostic.script) return shown(diagnostic, file);
  }
  return sieve::format(diagnostic, {});
}

std::string text_of(const MessageRun& run) {
  std::string text;
  for (const auto& line : run.outcome.log) text += indented(shown(run, line), "  ");
  for (const auto& action : run.outcome.actions) text += action_text(run, action);
  if (is_kept(run.outcome)) {
    text += "  implicit " + describe_keep(run.outcome.keep.flags) + '\n';
    text += indented_edits(run, *run.outcome.keep.message);
  } else if (run.outcome.actions.empty()) {
    text += "  nothing\n";
  }
  return text + reply_text(run);
}

} // namespace tools
