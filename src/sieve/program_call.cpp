// SPDX-License-Identifier: MIT
#include "sieve/program_call.h"

#include "base/ascii.h"
#include "base/utf8.h"
#include "sieve/compiler.h"
#include "sieve/execution.h"

namespace sieve {

namespace {

constexpr std::size_t longest_name = 128; // characters (section 3)
constexpr std::size_t most_arguments = 32, longest_argument = 65536;

bool is_forbidden(char32_t c) {
  return c < 0x20 || c == '/' || (c >= 0x7f && c <= 0x9f) || c == 0x2028 || c == 0x2029;
}

/// Section 3; and no name that a directory has already.
bool is_program_name(std::string_view name) {
  if (name.empty() || name == "." || name == ".." || base::count_code_points(name) > longest_name)
    return false;
  while (!name.empty()) {
    const auto character = base::next_code_point(name);
    if (!character.valid || is_forbidden(character.value)) return false;
    name.remove_prefix(character.length);
  }
  return true;
}

} // namespace

bool has_programs(const Compiler& compiler) {
  return compiler.options().host != nullptr && compiler.options().host->has_programs();
}

std::vector<std::string> Program::values(Execution& execution) const {
  auto result = values_of(arguments, execution);
  for (std::size_t i = 0; i < result.size(); ++i) {
    const bool good = result[i].size() <= longest_argument && result[i].find('\0') == std::string::npos;
    if (!good) throw ScriptError(arguments[i].position, "argument of a program: NUL, or too long");
  }
  return result;
}

std::optional<Program> bind_program(Compiler& compiler, const Arguments& arguments) {
  const Text& name = arguments.string(0);
  const auto fail = [&](Position position, const std::string& why) {
    compiler.error(position, why);
    return std::nullopt;
  };
  if (!name.constant()) return fail(name.position, "the program's name must be a constant string");
  if (!is_program_name(name.literal())) {
    return fail(name.position, "`" + base::printable(name.literal()) + "' is no name of a program");
  }
  Program program{std::string(name.literal()), {}};
  if (arguments.has(1)) program.arguments = arguments.strings(1);
  if (program.arguments.size() > most_arguments)
    return fail(arguments.position(1), "a program takes at most 32 arguments");
  return program;
}

ProgramResult run_program(Execution& execution, Position position, ProgramCall call) {
  ProgramResult result = execution.host().run_program(call);
  if (!result.succeeded) {
    execution.warn(position, call.kind + ": program `" + call.name + "' failed" +
                                 (result.error.empty() ? "" : ": " + base::printable(result.error)));
  }
  return result;
}

} // namespace sieve
