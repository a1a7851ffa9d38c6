// SPDX-License-Identifier: MIT
// zshcompsys(1): _arguments and _describe.
#include "tools/completion/program.h"

#include <string_view>

namespace tools::completion {

namespace {

/// A text within single quotes, in which the characters of `special` mean themselves.
std::string escaped(const std::string& text, std::string_view special) {
  std::string result;
  for (const char c : text) {
    if (c == '\'') {
      result += "'\\''";
      continue;
    }
    if (special.find(c) != std::string_view::npos) result += '\\';
    result += c;
  }
  return result;
}

std::string specification(const Option& option) {
  const bool takes = !option.parameter.empty();
  std::string forms = "--" + option.name + (takes ? "=" : "");
  if (option.letter != 0) forms = std::string("{-") + option.letter + (takes ? "+," : ",") + forms + '}';
  std::string text = "'*'" + forms;
  if (!option.help.empty()) text += "'[" + escaped(option.help, "[]\\:") + "]'";
  return takes ? text + "':" + escaped(option.parameter, "\\:") + ":_files'" : text;
}

std::string arguments(const std::vector<Option>& options, const std::string& indent) {
  std::string text = indent + "_arguments -s";
  for (const Option& option : options) text += " \\\n" + indent + "  " + specification(option);
  return text + " \\\n" + indent + "  '*:file:_files'\n";
}

} // namespace

std::string for_zsh(const Program& program) {
  const std::string head = "#compdef " + program.name + '\n';
  if (program.subcommands.empty()) return head + arguments(program.options, "");
  std::string names, cases;
  for (const Command& command : program.subcommands) {
    names += "    '" + command.name + ':' + escaped(command.help, "\\:") + "'\n";
    cases += "  " + command.name + ")\n" + arguments(command.options, "    ") + "    ;;\n";
  }
  return head +
         "if ((CURRENT == 2)); then\n"
         "  local -a subcommands=(\n" +
         names +
         "  )\n"
         "  _describe subcommand subcommands\n"
         "  return\n"
         "fi\n"
         "shift words\n" // so that _arguments takes the subcommand for the command
         "((CURRENT--))\n"
         "case $words[1] in\n" +
         cases + "esac\n";
}

} // namespace tools::completion
