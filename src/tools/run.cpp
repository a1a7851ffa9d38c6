// SPDX-License-Identifier: MIT
// lastmile-sieve run: what a script would do with messages. Nothing is delivered, sent or recorded.
#include "base/log.h"
#include "sieve/result.h"
#include "tools/describe.h"
#include "tools/envelope.h"
#include "tools/output.h"
#include "tools/run_host.h"
#include "tools/script_file.h"
#include "tools/subcommand.h"
#include "tools/trace_printer.h"

#include <algorithm>

namespace tools {

namespace {

/// Prints what became of one message.
class Report {
public:
  Report(const ScriptFile& file, std::string_view octets, bool mails)
      : file_(file), original_(octets), mails_(mails) {}

  void print_outcome(const sieve::Outcome& outcome) const {
    for (const auto& line : outcome.log) print(indented(shown(line, file_), "  "));
    for (const auto& action : outcome.actions) print_action(action);
    if (is_kept(outcome)) {
      print("  implicit " + describe_keep(outcome.keep.flags) + '\n');
      print(indented_edits(*outcome.keep.message));
    } else if (outcome.actions.empty()) {
      print("  nothing\n");
    }
  }

private:
  /// Does the implicit keep store a copy that no action stores already?
  static bool is_kept(const sieve::Outcome& outcome) {
    return outcome.implicit_keep &&
           std::none_of(outcome.actions.begin(), outcome.actions.end(), sieve::stores_inbox);
  }

  std::string indented_edits(const mail::EditedMessage& message) const {
    const std::string text = edits(original_, message);
    return text.empty() ? text : indented(text, "      ");
  }

  void print_action(const sieve::Action& action) const {
    const std::string script = action.script == file_.name ? "" : action.script + ' ';
    print("  " + script + "line " + std::to_string(action.position.line) + ": " + describe(action) + '\n');
    if (const auto* reject = std::get_if<sieve::Reject>(&action.what)) {
      print(indented(reject->reason, "      | "));
    }
    const auto message = message_of(action);
    if (message != nullptr) print(indented_edits(*message));
    if (mails_) print_mail(action, message);
  }

  void print_mail(const sieve::Action& action, const sieve::Snapshot& message) const {
    if (const auto* mail = mail_of(action)) {
      std::string recipients;
      for (const auto& address : mail->recipients) recipients += " <" + address.str() + '>';
      print(indented("from <" + mail->reverse_path.str() + "> to" + recipients, "      "));
      print(indented(mail->octets, "      | "));
    } else if (std::holds_alternative<sieve::Redirect>(action.what)) {
      print(indented(message->str(), "      | "));
    }
  }

  const ScriptFile& file_;
  const mail::EditedMessage original_;
  const bool mails_;
};

/// False if the script ended in an error.
bool run_on(const ScriptFile& file, const std::string& path, const CommandLine& line) {
  const std::string octets = read_input(path);
  auto envelope = envelope_of(line, octets);
  const RunWorld world(line, envelope.user);
  const RunHost host(line.operands().front(), world);
  print(shown_name(path) + '\n');
  TracePrinter trace([](std::string_view text) { print(text); });
  sieve::Evaluation evaluation(host, {octets, std::move(envelope)}, {}, line.has("trace") ? &trace : nullptr);
  const bool good = evaluation.run(*file.script);
  if (line.has("trace")) print("\n");
  Report(file, octets, line.has("show-mail")).print_outcome(evaluation.finish());
  return good;
}

int run(const CommandLine& line) {
  base::open_log(base::LogTarget::standard_error, base::LogFormat::text, "lastmile-sieve");
  const auto& operands = line.operands();
  const ScriptFile file = compile_file(operands.front(), ScriptHost(operands.front()));
  for (const auto& diagnostic : file.diagnostics) print_error(shown(diagnostic, file));
  if (file.script == nullptr) return 1;
  bool good = true;
  for (std::size_t i = 1; i < operands.size(); ++i) good = run_on(file, operands[i], line) && good;
  return good ? 0 : 1;
}

constexpr OptionSpec options[] = {
    {.name = "from",
     .letter = 'f',
     .parameter = "ADDRESS",
     .help = "the envelope's sender, <> for the null one"},
    {.name = "to", .letter = 't', .parameter = "ADDRESS", .help = "the envelope's recipient"},
    {.name = "orig-to", .parameter = "ADDRESS", .help = "the recipient before any alias"},
    {.name = "user", .letter = 'u', .parameter = "NAME", .help = "the login name, else $USER"},
    {.name = "folder", .parameter = "NAME", .help = "a folder that exists; can be given again"},
    {.name = "special-use",
     .parameter = "TEXT",
     .help = "which folders carry attributes, as in lastmile.conf(5)"},
    {.name = "lists", .parameter = "TEXT", .help = "the files of external lists, as there"},
    {.name = "metadata", .parameter = "FILE", .help = "the user's annotations"},
    {.name = "server-metadata", .parameter = "FILE", .help = "the administrator's annotations"},
    {.name = "trace", .help = "show every step: values, keys, results, variables"},
    {.name = "show-mail", .help = "show the mails that would be sent"},
};

} // namespace

extern const Subcommand run_subcommand;
constinit const Subcommand run_subcommand = {.name = "run",
                                             .synopsis = "[OPTION...] SCRIPT MESSAGE...",
                                             .help = "show what a script would do with messages",
                                             .options = options,
                                             .least_operands = 2,
                                             .run = run};

} // namespace tools
