// SPDX-License-Identifier: MIT
// lastmile-sieve(1): a table of subcommands, each in a file of its own.
#include "config.h"
#include "tools/output.h"
#include "tools/subcommand.h"

#include <algorithm>
#include <cstdlib>
#include <exception>
#include <string>

namespace tools {

extern const Subcommand check_subcommand;
extern const Subcommand run_subcommand;
extern const Subcommand filter_subcommand;
extern const Subcommand test_subcommand;
extern const Subcommand explain_subcommand;
extern const Subcommand extensions_subcommand;
extern const Subcommand completion_subcommand;
extern const Subcommand format_subcommand;

namespace {

constinit const Subcommand* const table[] = {
    &check_subcommand,  &run_subcommand,     &filter_subcommand,     &test_subcommand,
    &format_subcommand, &explain_subcommand, &extensions_subcommand, &completion_subcommand,
};

constexpr int exit_usage = 64; // EX_USAGE of sysexits(3)

std::string usage(const Subcommand& subcommand) {
  return "usage: lastmile-sieve " + std::string(subcommand.name) + ' ' + std::string(subcommand.synopsis) +
         '\n';
}

std::string padded(std::string text, std::size_t width) {
  text.resize(std::max(text.size() + 2, width), ' ');
  return text;
}

std::string help(const Subcommand& subcommand) {
  std::string text = usage(subcommand) + '\n' + std::string(subcommand.help) + '\n';
  if (!subcommand.options.empty()) text += "\nOptions:\n";
  for (const OptionSpec& option : subcommand.options) {
    std::string form = option.letter != 0 ? std::string("  -") + option.letter + ", --" : "      --";
    form += option.name;
    if (!option.parameter.empty()) form += '=' + std::string(option.parameter);
    text += padded(std::move(form), 32) + std::string(option.help) + '\n';
  }
  return text;
}

std::string help() {
  std::string text = "usage: lastmile-sieve SUBCOMMAND [ARGUMENT...]\n\n";
  for (const Subcommand* subcommand : table) {
    text += padded("  " + std::string(subcommand->name), 14) + std::string(subcommand->help) + '\n';
  }
  return text + "\nlastmile-sieve SUBCOMMAND --help says more; so does lastmile-sieve(1).\n";
}

int usage_error(const std::string& text, const std::string& synopsis) {
  print_error("lastmile-sieve: " + text + '\n' + synopsis);
  return exit_usage;
}

/// Wherever it stands, but not behind "--".
bool asks_for_help(std::span<char* const> arguments) {
  for (const std::string_view argument : arguments) {
    if (argument == "--help" || argument == "-h") return true;
    if (argument == "--") return false;
  }
  return false;
}

int run(const Subcommand& subcommand, std::span<char* const> arguments) {
  const std::string name(subcommand.name);
  if (asks_for_help(arguments)) {
    print(help(subcommand));
    return 0;
  }
  try {
    const CommandLine line(subcommand.options, arguments);
    if (line.operands().size() < subcommand.least_operands) throw UsageError("arguments are missing");
    if (std::count(line.operands().begin(), line.operands().end(), "-") > 1)
      throw UsageError("standard input can be read once alone");
    if (const auto home = line.value("home")) setenv("HOME", home->c_str(), 1);
    return subcommand.run(line);
  } catch (const UsageError& error) {
    return usage_error(name + ": " + error.what(), usage(subcommand));
  } catch (const std::exception& error) {
    print_error("lastmile-sieve: " + name + ": " + error.what() + '\n');
    return 1;
  }
}

int choose(std::span<char* const> arguments) {
  if (arguments.empty()) return usage_error("which subcommand?", help());
  const std::string_view name = arguments.front();
  if (name == "--help" || name == "-h" || name == "help") {
    print(help());
    return 0;
  }
  if (name == "--version") {
    print("lastmile-sieve " LASTMILE_VERSION "\n");
    return 0;
  }
  const auto found = std::find_if(std::begin(table), std::end(table),
                                  [&](const Subcommand* one) { return one->name == name; });
  if (found == std::end(table)) {
    return usage_error("there is no subcommand `" + std::string(name) + "'", help());
  }
  return run(**found, arguments.subspan(1));
}

} // namespace

std::span<const Subcommand* const> subcommands() { return table; }

} // namespace tools

int main(int argc, char** argv) {
  const std::span<char* const> arguments(argv, static_cast<std::size_t>(argc));
  const int status = tools::choose(arguments.subspan(arguments.empty() ? 0 : 1));
  return tools::finish_output() || status != 0 ? status : 1;
}
