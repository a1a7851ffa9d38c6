// SPDX-License-Identifier: MIT
#include "delivery/programs.h"

#include "base/ascii.h"

namespace delivery {

namespace {

constexpr std::size_t longest_output = 16 * 1024 * 1024; // a filtered message

bool is_program_name(const std::string& name) {
  if (name.empty() || name[0] == '.' || name.size() > 128) return false;
  for (const char c : name)
    if (!base::is_alnum(c) && c != '-' && c != '_' && c != '.') return false;
  return true;
}

std::string without_controls(std::string text) {
  for (char& c : text)
    if (base::is_control(c)) c = '?';
  return text;
}

} // namespace

RunResult run_program(const ProgramContext& context, const std::string& name,
                      const std::vector<std::string>& arguments, std::span<const std::string_view> input) {
  const auto& [settings, account, sender] = context;
  RunResult refused;
  if (settings.programs.empty() || !is_program_name(name)) return refused;
  Run what;
  what.path = settings.programs + "/" + name;
  for (const auto& argument : arguments) {
    if (argument.find('\0') != std::string::npos) return refused;
    what.arguments.push_back(argument);
  }
  what.environment = clean_environment(account.user.name, account.user.home);
  what.environment.push_back("SENDER=" + without_controls(sender));
  what.environment.push_back("RECIPIENT=" + without_controls(account.address.str()));
  what.environment.push_back("HOST=" + settings.hostname);
  what.directory = account.user.home;
  what.input = input;
  what.timeout = settings.limits.program;
  what.output_limit = longest_output;
  return run(what);
}

} // namespace delivery
