// SPDX-License-Identifier: MIT
// lastmile-sieve explain: what scripts say, in English.
#include "sieve/parser.h"
#include "tools/explain/explain.h"
#include "tools/finding.h"
#include "tools/output.h"
#include "tools/run_host.h"
#include "tools/script_file.h"
#include "tools/subcommand.h"

#include <unistd.h>

namespace tools {

namespace {

int explain_files(const CommandLine& line) {
  bool good = true;
  ScriptPlaces places = places_of(line);
  places.programs = true; // whether or not they may run here, it can be said what they are for
  for (const auto& path : line.operands()) {
    const ScriptFile file = compile_file(path, ScriptHost(path, places));
    const Style style = Style::of(STDERR_FILENO);
    if (file.script == nullptr) {
      for (const auto& error : file.diagnostics) {
        print_error(shown(error, error.script == file.name ? file.source : std::string_view(), style));
      }
      good = false;
      continue;
    }
    sieve::Diagnostics none;
    if (line.operands().size() > 1) print(file.name + ":\n");
    print(explain(sieve::parse(file.source, file.name, {}, none).commands));
  }
  return good ? 0 : 1;
}

} // namespace

extern const Subcommand explain_subcommand;
constinit const Subcommand explain_subcommand = {.name = "explain",
                                                 .synopsis = "FILE...",
                                                 .help = "say in English what scripts do",
                                                 .least_operands = 1,
                                                 .run = explain_files};

} // namespace tools
