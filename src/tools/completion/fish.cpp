// SPDX-License-Identifier: MIT
// fish(1), complete(1).
#include "tools/completion/program.h"

namespace tools::completion {

namespace {

std::string quoted(const std::string& text) {
  std::string result = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') result += '\\';
    result += c;
  }
  return result + '\'';
}

std::string described(const std::string& help) { return help.empty() ? "\n" : " -d " + quoted(help) + '\n'; }

std::string lines(const std::string& beginning, const std::vector<Option>& options) {
  std::string text;
  for (const Option& option : options) {
    text += beginning + " -l " + option.name;
    if (option.letter != 0) text += std::string(" -s ") + option.letter;
    if (!option.parameter.empty()) text += " -r";
    text += described(option.help);
  }
  return text;
}

} // namespace

std::string for_fish(const Program& program) {
  const std::string beginning = "complete -c " + program.name;
  if (program.subcommands.empty())
    return "# fish completion for " + program.name + '\n' + lines(beginning, program.options);
  const std::string first = beginning + " -n __fish_use_subcommand";
  std::string text = "# fish completion for " + program.name + '\n' + lines(first, program.options);
  for (const Command& command : program.subcommands) {
    text += first + " -f -a " + command.name + described(command.help);
    text += lines(beginning + " -n '__fish_seen_subcommand_from " + command.name + '\'', command.options);
  }
  return text;
}

} // namespace tools::completion
