// SPDX-License-Identifier: MIT
#include "delivery/programs.h"

#include "base/ascii.h"

namespace delivery {

namespace {

constexpr std::size_t longest_output = 16 * 1024 * 1024; // a filtered message

std::string without_controls(std::string text) {
  for (char& c : text)
    if (base::is_control(c)) c = '?';
  return text;
}

} // namespace

bool is_program_name(const std::string& name) {
  if (name.empty() || name[0] == '.' || name.size() > 128) return false;
  for (const char c : name)
    if (!base::is_alnum(c) && c != '-' && c != '_' && c != '.') return false;
  return true;
}

std::optional<Run> program_run(const Job& job, const std::vector<std::string>& words) {
  const auto& settings = job.settings;
  const auto& account = job.account;
  if (settings.programs.empty() || words.empty() || !is_program_name(words[0])) return std::nullopt;
  Run what;
  what.path = settings.programs + "/" + words[0];
  what.arguments.assign(words.begin() + 1, words.end());
  for (const auto& argument : what.arguments)
    if (argument.find('\0') != std::string::npos) return std::nullopt;
  what.environment = clean_environment(account.user.name, account.user.home);
  what.environment.push_back("SENDER=" + without_controls(job.sender()));
  what.environment.push_back("RECIPIENT=" + without_controls(account.address.str()));
  what.environment.push_back("HOST=" + settings.hostname);
  what.directory = account.user.home;
  what.timeout = settings.limits.program;
  what.output_limit = longest_output;
  return what;
}

} // namespace delivery
