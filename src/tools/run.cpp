// SPDX-License-Identifier: MIT
// lastmile-sieve run: what scripts would do with messages. Nothing is delivered, sent or recorded.
#include "base/log.h"
#include "delivery/script_file.h"
#include "sieve/settings.h"
#include "tools/envelope.h"
#include "tools/output.h"
#include "tools/report.h"
#include "tools/subcommand.h"
#include "tools/trace_printer.h"

#include <unistd.h>
#include <utility>

namespace tools {

namespace {

/// Goes through the messages; prints as it does.
class Runner {
public:
  explicit Runner(const CommandLine& line)
      : line_(line), json_(line.has("json")), html_(line.has("html")), trace_(line.has("trace")) {}

  int run() {
    if (!compile()) return 1;
    const auto& operands = line_.operands();
    if (html_) page_ = page_head("What happens to " + shown_name(operands[1]));
    if (json_) print("[\n");
    for (std::size_t i = 1; i < operands.size(); ++i) run_on(operands[i], i);
    if (json_) print("\n]\n");
    if (html_) write_file(*line_.value("html"), page_ + page_foot());
    return good_ ? 0 : 1;
  }

private:
  void add(const std::string& path) { scripts_.push_back(compile_file(path, ScriptHost(path, places_))); }

  void add_given(std::string_view option) {
    for (const auto& [name, value] : line_.given()) {
      if (name == option) add(value);
    }
  }

  /// Those of the configuration, for its user.
  void add_configured(const std::vector<std::string>& configured, const RunWorld& world) {
    for (const auto& path : configured) {
      for (const auto& file : delivery::script_paths(delivery::expand(path, world.account))) add(file);
    }
  }

  /// In the order of a delivery. False, with the reasons told, if one of them cannot run.
  bool compile() {
    const RunWorld world(line_, user_of(line_));
    places_ = places_of(world.settings, world.account);
    add_configured(world.settings.scripts_before, world);
    add_given("before");
    add(line_.operands().front());
    add_given("after");
    add_configured(world.settings.scripts_after, world);
    bool whole = true;
    for (const auto& file : scripts_) {
      for (const auto& diagnostic : file.diagnostics) print_error(shown(diagnostic, file));
      whole = whole && file.script != nullptr;
    }
    return whole;
  }

  /// A later script runs while a keep is in force, as at a delivery.
  void evaluate(MessageRun& run, sieve::TraceSink* sink) {
    const RunHost host(line_.operands().front(), *run.world);
    sieve::Evaluation evaluation(host, {run.octets, run.envelope}, sieve::limits_from_settings(host), sink);
    for (const auto& file : scripts_) {
      if (evaluation.keep_in_force()) good_ = evaluation.run(*file.script) && good_;
    }
    run.outcome = evaluation.finish();
  }

  void run_on(const std::string& path, std::size_t number) {
    MessageRun run;
    try {
      run.octets = read_input(path);
    } catch (const std::system_error& error) {
      print_error(unreadable(path, error));
      good_ = false;
      return;
    }
    run.name = shown_name(path);
    run.anchor = 'm' + std::to_string(number);
    run.envelope = envelope_of(line_, run.octets);
    const RunWorld world(line_, run.envelope.user);
    run.envelope.recipient_delimiter = world.settings.recipient_delimiter;
    run.world = &world;
    run.scripts = &scripts_;
    run.personal = shown_name(line_.operands().front());
    run.mails = line_.has("show-mail");
    if (!json_) print(run.name + '\n');
    TracePrinter printer([](std::string_view text) { print(text); }, Style::of(STDOUT_FILENO));
    const bool told = trace_ && !json_ && !html_;
    evaluate(run, told ? static_cast<sieve::TraceSink*>(&printer) : &run.recording);
    if (told) print("\n");
    if (html_) page_ += section_of(run);
    print(json_ ? std::exchange(separator_, ",\n") + json_of(run, trace_) : text_of(run));
  }

  const CommandLine& line_;
  const bool json_, html_, trace_;
  ScriptPlaces places_;
  std::vector<ScriptFile> scripts_;
  std::string page_;
  std::string separator_; // before the next object
  bool good_ = true;      // all was read, and no script ended in an error
};

int run(const CommandLine& line) {
  base::open_log(base::LogTarget::standard_error, base::LogFormat::text, "lastmile-sieve");
  return Runner(line).run();
}

constexpr OptionSpec options[] = {
    {.name = "from", .letter = 'f', .parameter = "ADDRESS", .help = "the envelope's sender, <> for none"},
    {.name = "to", .letter = 't', .parameter = "ADDRESS", .help = "the envelope's recipient"},
    {.name = "orig-to", .parameter = "ADDRESS", .help = "the recipient before any alias (ORCPT)"},
    {.name = "user", .letter = 'u', .parameter = "NAME", .help = "the login name, else $USER"},
    {.name = "home", .parameter = "DIR", .help = "the user's home, else $HOME"},
    {.name = "config", .letter = 'c', .parameter = "FILE", .help = "settings, scripts before and after"},
    {.name = "set", .parameter = "KEY=VALUE", .help = "a setting of lastmile.conf(5)"},
    {.name = "before", .parameter = "SCRIPT", .help = "runs before it; can be given again"},
    {.name = "after", .parameter = "SCRIPT", .help = "runs after it, while mail is kept"},
    {.name = "now", .parameter = "DATE", .help = "the time of the delivery: 2026-11-21T10:15:00Z"},
    {.name = "mail", .parameter = "LOCATION", .help = "the mailbox with its folders: maildir:PATH"},
    {.name = "folder", .parameter = "NAME", .help = "a folder that exists; can be given again"},
    {.name = "seen", .parameter = "ID", .help = "an id that `duplicate' has met before"},
    {.name = "trace", .help = "show every step: values, matches, results"},
    {.name = "show-mail", .help = "show the mails that would be sent"},
    {.name = "html", .parameter = "FILE", .help = "every step as a page for the browser"},
    {.name = "json", .help = "one JSON array; with --trace every step too"},
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
