// SPDX-License-Identifier: MIT
// lastmile-sieve extensions: what scripts can require, by the engine's own records.
#include "sieve/spec.h"
#include "tools/output.h"
#include "tools/subcommand.h"

#include <algorithm>
#include <string>

namespace tools {

namespace {

std::string row(std::string_view capability, std::size_t width, std::string_view rfc,
                std::string_view state) {
  std::string text(capability);
  text.resize(width + 2, ' ');
  text += rfc;
  text.resize(std::max(text.size() + 2, width + 14), ' ');
  return text + std::string(state) + '\n';
}

int extensions(const CommandLine& line) {
  if (!line.operands().empty()) throw UsageError("no arguments are wanted");
  std::size_t width = 10;
  for (const sieve::Extension* extension : sieve::all_extensions()) {
    width = std::max(width, extension->name.size());
  }
  print(row("CAPABILITY", width, "RFC", "STATE"));
  for (const sieve::Extension* extension : sieve::all_extensions()) {
    print(row(extension->name, width, extension->rfc, extension->state));
  }
  return 0;
}

} // namespace

extern const Subcommand extensions_subcommand;
constinit const Subcommand extensions_subcommand = {.name = "extensions",
                                                    .synopsis = "",
                                                    .help =
                                                        "list what scripts can require, with RFC and state",
                                                    .run = extensions};

} // namespace tools
