// SPDX-License-Identifier: MIT
// What a shell can complete of a program's arguments, and the shells' ways to be told.
#pragma once

#include <string>
#include <vector>

namespace tools::completion {

struct Option {
  std::string name;      // without the dashes
  char letter = 0;       // 0: none
  std::string parameter; // empty: it takes none
  std::string help;      // may be empty
};

struct Command {
  std::string name;
  std::string help;
  std::vector<Option> options;
};

/// Either subcommands, the first argument, with options of their own, or options alone.
struct Program {
  std::string name;
  std::vector<Option> options;
  std::vector<Command> subcommands;
};

/// The script that makes the shell complete the program's arguments; operands and values are completed as
/// files.
std::string for_bash(const Program& program);
std::string for_fish(const Program& program);
std::string for_zsh(const Program& program);

/// The name with underscores for dashes: a shell function's.
std::string function_name(const Program& program);

} // namespace tools::completion
