// SPDX-License-Identifier: MIT
// bash(1), "Programmable Completion".
#include "tools/completion/program.h"

namespace tools::completion {

namespace {

std::string words(const std::vector<Option>& options) {
  std::string text;
  for (const Option& option : options) {
    text += text.empty() ? "--" : " --";
    text += option.name;
    if (!option.parameter.empty()) text += '=';
    if (option.letter != 0) text += std::string(" -") + option.letter;
  }
  return text;
}

std::string choice(const Program& program) {
  if (program.subcommands.empty()) return "  words=\"" + words(program.options) + "\"\n";
  std::string names = words(program.options), cases;
  for (const Command& command : program.subcommands) {
    names += ' ' + command.name;
    cases += "    " + command.name + ") words=\"" + words(command.options) + "\" ;;\n";
  }
  return "  if ((COMP_CWORD == 1)); then\n"
         "    COMPREPLY=($(compgen -W \"" +
         names +
         "\" -- \"$word\"))\n"
         "    return\n"
         "  fi\n"
         "  case ${COMP_WORDS[1]} in\n" +
         cases + "  esac\n";
}

} // namespace

std::string for_bash(const Program& program) {
  const std::string function = '_' + function_name(program);
  return "# bash completion for " + program.name + "\n" + function +
         "() {\n"
         "  local word=${COMP_WORDS[COMP_CWORD]} words=\n"
         "  COMPREPLY=()\n" +
         choice(program) +
         "  [[ $word == -* ]] || return 0\n"
         "  COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
         "  [[ ${COMPREPLY[0]-} != *= ]] || compopt -o nospace 2>/dev/null\n"
         "}\n"
         "complete -o default -F " +
         function + ' ' + program.name + '\n';
}

} // namespace tools::completion
