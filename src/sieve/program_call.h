// SPDX-License-Identifier: MIT
// What pipe, filter and execute have in common (spec-bosch-sieve-extprograms): the program's name and
// arguments.
#pragma once

#include "sieve/host.h"
#include "sieve/spec.h"
#include "sieve/value.h"

#include <optional>
#include <string>
#include <vector>

namespace sieve {

/// For Extension::available: the administrator has given a directory of programs.
bool has_programs(const Compiler& compiler);

/// Program name and optional argument list, the positionals of all three commands.
inline constexpr Type program_positionals[] = {Type::string, Type::strings};

struct Program {
  std::string name;
  TextList arguments;

  /// The arguments as they are now. Throws ScriptError for one that no program can be given.
  std::vector<std::string> values(Execution& execution) const;
};

/// Positionals 0 and 1. Reports a name that is not constant or not valid, and returns nothing.
std::optional<Program> bind_program(Compiler& compiler, const Arguments& arguments);

/// Runs it; why it failed goes to the log as a warning.
ProgramResult run_program(Execution& execution, Position position, ProgramCall call);

} // namespace sieve
