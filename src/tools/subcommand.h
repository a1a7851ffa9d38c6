// SPDX-License-Identifier: MIT
// How a subcommand of lastmile-sieve describes itself: one constant record, beside the function that does it.
// main.cpp lists the records; its help and the usage errors are made of them.
#pragma once

#include "base/command_line.h"

#include <span>
#include <string_view>

namespace tools {

using base::CommandLine;
using base::OptionSpec;
using base::UsageError;

struct Subcommand {
  std::string_view name;
  std::string_view synopsis; // of its arguments: "[--json] FILE..."
  std::string_view help;     // one line
  std::span<const OptionSpec> options = {};
  std::size_t least_operands = 0;
  /// The exit status: 0, or 1 when something is wrong with what was given. Throws UsageError, and
  /// std::system_error for a file that cannot be read.
  int (*run)(const CommandLine&) = nullptr;
};

/// All of them, in the order of the help.
std::span<const Subcommand* const> subcommands();

} // namespace tools
