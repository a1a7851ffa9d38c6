// SPDX-License-Identifier: MIT
// Programs that a script runs and a delivery could not, where their directory is known.
#include "base/nearest.h"
#include "delivery/programs.h"
#include "tools/lint/lint.h"

#include <filesystem>
#include <unistd.h>

namespace tools {

namespace {

namespace fs = std::filesystem;

std::string did_you_mean(const std::string& directory, const std::string& name) {
  std::vector<std::string> files;
  std::error_code error;
  for (fs::directory_iterator entry(directory, error), end; entry != end && !error; entry.increment(error))
    files.push_back(entry->path().filename().string());
  const std::vector<std::string_view> names(files.begin(), files.end());
  const auto best = base::nearest(name, names);
  return best.empty() ? std::string() : "did you mean \"" + std::string(best) + "\"?";
}

void check(Lint& lint, const sieve::StringLiteral& name) {
  const std::string& directory = *lint.world().programs;
  if (!delivery::is_program_name(std::string(name.text)))
    return lint.report(name.position, "no delivery runs a program called " + ticked(name.text),
                       "name it with letters, digits, -, _ and . alone");
  const std::string path = directory + '/' + std::string(name.text);
  std::error_code ignored;
  const auto status = fs::status(path, ignored);
  if (!fs::exists(status))
    return lint.report(name.position, "there is no program " + ticked(name.text) + " in " + directory,
                       did_you_mean(directory, std::string(name.text)));
  if (!fs::is_regular_file(status) || access(path.c_str(), X_OK) != 0)
    lint.report(name.position, ticked(name.text) + " in " + directory + " cannot be executed",
                fs::is_regular_file(status) ? "chmod +x " + path : "");
}

void missing_program(Lint& lint) {
  if (!lint.world().programs) return;
  const auto visit = [&](const View& node) {
    const bool runs = node.is("pipe") || node.is("filter") || node.is("execute");
    if (runs && !node.strings(0).empty()) check(lint, node.strings(0).front());
  };
  each_command(lint.script(), visit);
  each_test(lint.script(), visit);
}

} // namespace

extern const Rule missing_program_rule;
constinit const Rule missing_program_rule = {"missing-program", missing_program};

} // namespace tools
