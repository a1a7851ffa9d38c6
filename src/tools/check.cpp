// SPDX-License-Identifier: MIT
// lastmile-sieve check: what is wrong with scripts, for people or, as JSON, for editors.
#include "sieve/parser.h"
#include "tools/finding.h"
#include "tools/lint/lint.h"
#include "tools/lint/mend.h"
#include "tools/mail_folders.h"
#include "tools/output.h"
#include "tools/run_host.h"
#include "tools/script_file.h"
#include "tools/subcommand.h"
#include "tools/tokens.h"

#include <algorithm>
#include <tuple>
#include <unistd.h>

namespace tools {

namespace {

using sieve::Severity;

LintWorld world(const CommandLine& line) {
  LintWorld world;
  for (const auto& [name, value] : line.given()) {
    if (name == "user") world.addresses.push_back(value);
  }
  if (const auto location = line.value("mail")) {
    world.location = *location;
    world.folders = mail_folders(*location);
  }
  const auto programs = line.value("programs").value_or(given_settings(line).programs);
  if (!programs.empty()) world.programs = programs;
  return world;
}

void add_warnings(const ScriptFile& file, const std::vector<sieve::Construct>& tree, const LintWorld& world,
                  std::vector<Finding>& findings) {
  for (auto& warning : Lint(tree, world).run()) {
    findings.push_back({{Severity::warning, file.name, warning.position, std::move(warning.text)},
                        warning.code,
                        std::move(warning.suggestion),
                        {}});
  }
}

/// All that is wrong with one script, in the order in which it stands there.
std::vector<Finding> findings_of(const ScriptFile& file, const LintWorld& world) {
  sieve::Diagnostics syntax_errors;
  const auto tree = sieve::parse(file.source, file.name, {}, syntax_errors);
  std::vector<Finding> findings;
  for (const auto& diagnostic : file.diagnostics) {
    const bool here = diagnostic.script == file.name;
    findings.push_back(mend(diagnostic, here ? tree.commands : std::vector<sieve::Construct>(),
                            syntax_errors.empty(), file.source));
  }
  if (file.script != nullptr) add_warnings(file, tree.commands, world, findings);
  for (auto& finding : findings) {
    const auto& diagnostic = finding.diagnostic;
    finding.end = diagnostic.position;
    if (diagnostic.script == file.name) finding.end = token_end(file.source, diagnostic.position);
  }
  std::stable_sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) {
    const auto& left = a.diagnostic.position;
    const auto& right = b.diagnostic.position;
    return std::tie(left.line, left.column) < std::tie(right.line, right.column);
  });
  return findings;
}

class Report {
public:
  explicit Report(bool as_json) : as_json_(as_json), style_(Style::of(STDOUT_FILENO)) {}

  void add(const Finding& finding, const ScriptFile& file) {
    const auto severity = finding.diagnostic.severity;
    errors_ = errors_ || severity == Severity::error;
    warnings_ = warnings_ || severity == Severity::warning;
    if (as_json_) {
      text_ += (text_.empty() ? "\n" : ",\n") + json_object(finding);
    } else {
      const bool here = finding.diagnostic.script == file.name;
      text_ += shown(finding, here ? file.source : std::string_view(), style_);
    }
  }
  std::string text() const { return as_json_ ? '[' + text_ + (text_.empty() ? "]\n" : "\n]\n") : text_; }
  bool errors() const { return errors_; }
  bool warnings() const { return warnings_; }

private:
  bool as_json_;
  Style style_;
  std::string text_;
  bool errors_ = false, warnings_ = false;
};

int check(const CommandLine& line) {
  const LintWorld lint_world = world(line);
  const ScriptPlaces places = places_of(line);
  Report report(line.has("json"));
  bool good = true;
  for (const auto& path : line.operands()) {
    const ScriptFile file = compile_file(path, ScriptHost(path, places));
    good = good && file.script != nullptr;
    for (const auto& finding : findings_of(file, lint_world)) report.add(finding, file);
  }
  if (!line.has("quiet")) print(report.text());
  const bool strict = line.has("warnings-as-errors") && report.warnings();
  return good && !report.errors() && !strict ? 0 : 1;
}

constexpr OptionSpec options[] = {
    {.name = "mail", .parameter = "LOCATION", .help = "warn of folders that are not there"},
    {.name = "user",
     .letter = 'u',
     .parameter = "ADDRESS",
     .help = "warn of redirects to it; can be given again"},
    {.name = "programs", .parameter = "DIR", .help = "warn of programs that are not there"},
    {.name = "config", .letter = 'c', .parameter = "FILE", .help = "lastmile.conf(5), for `programs'"},
    {.name = "set", .parameter = "KEY=VALUE", .help = "one of its settings"},
    {.name = "home", .parameter = "DIR", .help = "the user's home, else $HOME"},
    {.name = "warnings-as-errors", .letter = 'W', .help = "exit with 1 for warnings too"},
    {.name = "json", .help = "one JSON array of objects, for editors"},
    {.name = "quiet", .letter = 'q', .help = "say nothing: the exit status tells"},
};

} // namespace

extern const Subcommand check_subcommand;
constinit const Subcommand check_subcommand = {.name = "check",
                                               .synopsis = "[OPTION...] FILE...",
                                               .help = "compile scripts and show what is wrong with them",
                                               .options = options,
                                               .least_operands = 1,
                                               .run = check};

} // namespace tools
