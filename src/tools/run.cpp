// SPDX-License-Identifier: MIT
// lastmile-sieve run: what a script would do with messages. Nothing is delivered, sent or recorded.
#include "tools/output.h"
#include "tools/script_file.h"
#include "tools/subcommand.h"

namespace tools {

namespace {

int run(const CommandLine& line) {
  const std::string& path = line.operands().front();
  const ScriptHost host(path);
  const ScriptFile file = compile_file(path, host);
  for (const auto& diagnostic : file.diagnostics) print_error(shown(diagnostic, file));
  return file.script != nullptr ? 0 : 1;
}

} // namespace

extern const Subcommand run_subcommand;
constinit const Subcommand run_subcommand = {.name = "run",
                                             .synopsis = "[OPTION...] SCRIPT MESSAGE...",
                                             .help = "show what a script would do with messages",
                                             .least_operands = 2,
                                             .run = run};

} // namespace tools
