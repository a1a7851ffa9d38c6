// SPDX-License-Identifier: MIT
// lastmile-sieve check: what is wrong with scripts, for people or, as JSON, for editors.
#include "tools/json.h"
#include "tools/output.h"
#include "tools/script_file.h"
#include "tools/subcommand.h"

namespace tools {

namespace {

std::string_view severity_name(sieve::Severity severity) {
  if (severity == sieve::Severity::error) return "error";
  return severity == sieve::Severity::warning ? "warning" : "info";
}

std::string json_object(const sieve::Diagnostic& diagnostic) {
  return "{\"file\":" + json_string(diagnostic.script) +
         ",\"line\":" + std::to_string(diagnostic.position.line) +
         ",\"column\":" + std::to_string(diagnostic.position.column) +
         ",\"severity\":" + json_string(severity_name(diagnostic.severity)) +
         ",\"message\":" + json_string(diagnostic.text) + '}';
}

int check(const CommandLine& line) {
  const bool as_json = line.has("json");
  std::string text;
  bool good = true;
  for (const auto& path : line.operands()) {
    const ScriptFile file = compile_file(path, ScriptHost(path));
    good = good && file.script != nullptr;
    for (const auto& diagnostic : file.diagnostics) {
      if (as_json) {
        text += (text.empty() ? "\n" : ",\n") + json_object(diagnostic);
      } else {
        text += shown(diagnostic, file);
      }
    }
  }
  if (as_json) text = '[' + text + (text.empty() ? "]\n" : "\n]\n");
  if (!line.has("quiet")) print(text);
  return good ? 0 : 1;
}

constexpr OptionSpec options[] = {
    {.name = "json", .help = "one JSON array of objects, for editors"},
    {.name = "quiet", .letter = 'q', .help = "say nothing: the exit status tells"},
};

} // namespace

extern const Subcommand check_subcommand;
constinit const Subcommand check_subcommand = {.name = "check",
                                               .synopsis = "[--json] [--quiet] FILE...",
                                               .help = "compile scripts and show what is wrong with them",
                                               .options = options,
                                               .least_operands = 1,
                                               .run = check};

} // namespace tools
