// SPDX-License-Identifier: MIT
// lastmile-sieve completion: what makes a shell complete the arguments of both programs, made of the tables
// that read them.
#include "option_table.h"
#include "options.h"
#include "sieve_options.h"
#include "tools/completion/program.h"
#include "tools/output.h"
#include "tools/subcommand.h"

#include <algorithm>

namespace tools {

namespace completion {

std::string function_name(const Program& program) {
  std::string name = program.name;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

} // namespace completion

namespace {

using completion::Option;
using completion::Program;

std::vector<Option> described(std::span<const OptionSpec> specs) {
  std::vector<Option> options;
  for (const OptionSpec& spec : specs)
    options.push_back(
        {std::string(spec.name), spec.letter, std::string(spec.parameter), std::string(spec.help)});
  return options;
}

std::string default_is(std::string_view value) {
  return value.empty() ? std::string("setting") : "setting, by default " + std::string(value);
}

Program lastmile() {
  Program program{"lastmile", {}, {}};
  for (Option& option : described(command_line_options())) {
    if (const Setting* setting = find_setting(option.name))
      option.help = default_is(setting->fallback ? setting->fallback : "");
    if (option.name.find('*') == std::string::npos) program.options.push_back(std::move(option));
  }
  for (const auto& [name, fallback] : sieve_options())
    if (!is_pattern(name)) program.options.push_back({std::string(name), 0, "VALUE", default_is(fallback)});
  return program;
}

Program lastmile_sieve() {
  Program program{"lastmile-sieve", {{"help", 'h', "", ""}, {"version", 0, "", ""}}, {}};
  for (const Subcommand* subcommand : subcommands()) {
    auto options = described(subcommand->options);
    options.push_back({"help", 0, "", "show the options"});
    program.subcommands.push_back(
        {std::string(subcommand->name), std::string(subcommand->help), std::move(options)});
  }
  return program;
}

int complete(const CommandLine& line) {
  struct Shell {
    std::string_view name;
    std::string (*script)(const Program&);
  };
  static constexpr Shell shells[] = {
      {"bash", completion::for_bash}, {"fish", completion::for_fish}, {"zsh", completion::for_zsh}};
  if (line.operands().size() > 2) throw UsageError("a shell and a program are wanted");
  const std::string& wanted = line.operands()[0];
  const std::string& program = line.operands()[1];
  const auto shell = std::find_if(std::begin(shells), std::end(shells),
                                  [&](const Shell& one) { return one.name == wanted; });
  if (shell == std::end(shells)) throw UsageError("`" + wanted + "' is none of bash, fish, zsh");
  if (program != "lastmile" && program != "lastmile-sieve")
    throw UsageError("`" + program + "' is neither lastmile nor lastmile-sieve");
  print(shell->script(program == "lastmile" ? lastmile() : lastmile_sieve()));
  return 0;
}

} // namespace

extern const Subcommand completion_subcommand;
constinit const Subcommand completion_subcommand = {.name = "completion",
                                                    .synopsis = "SHELL PROGRAM",
                                                    .help = "print what makes bash, fish, zsh complete words",
                                                    .least_operands = 2,
                                                    .run = complete};

} // namespace tools
