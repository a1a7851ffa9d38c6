// SPDX-License-Identifier: MIT
// `run --json`: an object for each message, its steps in the order in which they ran.
#include "tools/describe.h"
#include "tools/json.h"
#include "tools/report.h"

namespace tools {

namespace {

std::string member(std::string_view name, std::string_view text) {
  return json_string(name) + ':' + json_string(text);
}

/// "[\n  a,\n  b\n ]"; "[]" if there is none.
std::string array(const std::vector<std::string>& items) {
  std::string text = "[";
  for (const auto& item : items) text += (text == "[" ? "\n  " : ",\n  ") + item;
  return text + (items.empty() ? "]" : "\n ]");
}

std::string place(std::string_view script, unsigned line, unsigned column) {
  return member("script", script) + ",\"line\":" + std::to_string(line) +
         ",\"column\":" + std::to_string(column);
}

std::string step_object(const MessageRun& run, const Step& step) {
  const auto& script = run.recording.scripts()[step.script];
  std::string text = "{" + member("step", name_of(step.kind)) + ',' +
                     place(script.name, step.line, step.column) + ",\"depth\":" + std::to_string(step.depth);
  if (step.kind == Step::Kind::hit)
    return text + ',' + member("value", step.text) + ',' + member("key", step.name) + '}';
  if (!step.name.empty()) text += ',' + member("name", step.name);
  if (step.kind == Step::Kind::result || step.kind == Step::Kind::branch)
    return text + (step.truth ? ",\"result\":true}" : ",\"result\":false}");
  const bool bare = step.kind == Step::Kind::command || step.kind == Step::Kind::test;
  return text + (bare ? "}" : ',' + member("text", step.text) + '}');
}

std::string mails(const MessageRun& run, const sieve::Action& action) {
  if (!run.mails) return {};
  if (const auto* mail = mail_of(action)) return ',' + member("mail", mail->octets);
  if (std::holds_alternative<sieve::Redirect>(action.what))
    return ',' + member("mail", message_of(action)->str());
  return {};
}

std::string edits_member(const MessageRun& run, const sieve::Snapshot& message) {
  const std::string text = message ? edits(mail::EditedMessage(run.octets), *message) : std::string();
  return text.empty() ? text : ',' + member("edits", text);
}

std::string action_object(const MessageRun& run, const sieve::Action& action) {
  const auto why = objection_to(run, action);
  return "{" + place(action.script, action.position.line, action.position.column) + ',' +
         member("action", describe(action)) + (why.empty() ? "" : ',' + member("problem", why)) +
         edits_member(run, message_of(action)) + mails(run, action) + '}';
}

std::vector<std::string> action_objects(const MessageRun& run) {
  std::vector<std::string> items;
  for (const auto& action : run.outcome.actions) items.push_back(action_object(run, action));
  const auto& keep = run.outcome.keep;
  if (is_kept(run.outcome))
    items.push_back("{" + member("action", "implicit " + describe_keep(keep.flags)) +
                    edits_member(run, keep.message) + '}');
  return items;
}

std::string envelope_object(const sieve::MessageEnvelope& envelope) {
  return "{" + member("from", envelope.transaction.reverse_path.str()) + ',' +
         member("to", envelope.recipient.address.str()) + ',' + member("orig-to", envelope.recipient.orcpt) +
         ',' + member("user", envelope.user) + '}';
}

} // namespace

std::string json_of(const MessageRun& run, bool with_steps) {
  std::vector<std::string> steps, log;
  for (const auto& step : run.recording.steps()) steps.push_back(step_object(run, step));
  for (const auto& line : run.outcome.log)
    log.push_back("{" + place(line.script, line.position.line, line.position.column) + ',' +
                  member("message", line.text) + '}');
  const auto reply = reply_of(run);
  return "{" + member("message", run.name) + ",\n \"envelope\":" + envelope_object(run.envelope) +
         (!with_steps ? "" : ",\n \"trace\":" + array(steps)) + ",\n \"log\":" + array(log) +
         ",\n \"actions\":" + array(action_objects(run)) +
         ",\n \"reply\":{\"code\":" + std::to_string(reply.code) + ',' + member("enhanced", reply.enhanced) +
         ',' + member("text", reply.text) + "}}";
}

} // namespace tools
