// SPDX-License-Identifier: MIT
#include "tools/coverage.h"

#include "base/ascii.h"
#include "sieve/parser.h"
#include "sieve/script.h"
#include "tools/describe.h"

#include <algorithm>
#include <filesystem>
#include <vector>

namespace tools {

namespace {

std::string right(const std::string& text, std::size_t width) {
  return std::string(text.size() < width ? width - text.size() : 0, ' ') + text;
}

/// As seen from the working directory, where it lies below that.
std::string shown_path(const std::string& path) {
  std::error_code ignored;
  const auto near = std::filesystem::proximate(path, ignored).string();
  return near.empty() || near.starts_with("../") ? path : near;
}

std::string of(std::size_t part, std::size_t whole, std::string_view what) {
  return std::to_string(part) + " of " + std::to_string(whole) + ' ' + std::string(what);
}

} // namespace

/// One script, line by line.
class Coverage::Listing {
public:
  Listing(const Script& script, Tally& sum) : script_(script), sum_(sum) {
    sieve::Diagnostics none; // it has compiled
    visit(sieve::parse(script.source, script.path, {}, none).commands);
  }

  std::string text() const {
    std::string result = script_.path + '\n';
    unsigned number = 0;
    std::string_view rest = script_.source;
    if (rest.ends_with('\n')) rest.remove_suffix(1);
    for (const auto line : base::split(rest, '\n')) result += row(++number, line);
    return result + counts(own_) + "\n\n";
  }

  static std::string counts(const Tally& tally) {
    return of(tally.commands_run, tally.commands, "commands") + ", " +
           of(tally.branches_run, tally.branches, "branches");
  }

private:
  struct Line {
    std::string margin;
    std::vector<std::string> missing; // what did not run, and has no margin for itself
  };

  void visit(const std::vector<sieve::Construct>& commands) {
    for (const auto& command : commands) {
      const auto name = base::lower(command.name);
      if (name == "elsif" || name == "if") {
        condition(command);
      } else if (name == "else") {
        margin(command, otherwise_);
      } else if (name != "require") {
        count(command);
      }
      if (command.block) visit(*command.block);
    }
  }

  /// A branch for each result. Of an if the command counts too.
  void condition(const sieve::Construct& command) {
    const auto position = command.tests.front().position;
    const auto found = script_.tests.find({position.line, position.column});
    const auto [no, yes] = found == script_.tests.end() ? std::array<std::size_t, 2>{} : found->second;
    if (base::equal_ignoring_case(command.name, "if"))
      count(command);
    else
      margin(command, no + yes);
    tally(&Tally::branches, &Tally::branches_run, no > 0);
    tally(&Tally::branches, &Tally::branches_run, yes > 0);
    otherwise_ = no;
    if (no + yes == 0 || (no > 0 && yes > 0)) return;
    lines_[position.line].missing.push_back("column " + std::to_string(position.column) +
                                            ": the test was never " + (no > 0 ? "true" : "false"));
  }

  void count(const sieve::Construct& command) {
    const auto found = script_.commands.find({command.position.line, command.position.column});
    const std::size_t times = found == script_.commands.end() ? 0 : found->second;
    tally(&Tally::commands, &Tally::commands_run, times > 0);
    margin(command, times);
  }

  void tally(std::size_t Tally::*all, std::size_t Tally::*run, bool ran) {
    ++(own_.*all);
    ++(sum_.*all);
    own_.*run += ran ? 1 : 0;
    sum_.*run += ran ? 1 : 0;
  }

  /// The margin is that of the first command of a line.
  void margin(const sieve::Construct& command, std::size_t times) {
    Line& line = lines_[command.position.line];
    if (line.margin.empty()) {
      line.margin = times > 0 ? std::to_string(times) : "not run";
    } else if (times == 0) {
      line.missing.push_back("column " + std::to_string(command.position.column) + ": " +
                             base::lower(command.name));
    }
  }

  std::string row(unsigned number, std::string_view source) const {
    const auto found = lines_.find(number);
    const Line line = found == lines_.end() ? Line() : found->second;
    std::string text = indented(source, right(line.margin, 9) + right(std::to_string(number), 6) + "  ");
    for (const auto& one : line.missing) text += "  not run        - " + one + '\n';
    return text;
  }

  const Script& script_;
  Tally& sum_;
  Tally own_;
  std::map<unsigned, Line> lines_;
  std::size_t otherwise_ = 0; // how often the last test was false
};

Coverage::Script* Coverage::find(const std::string& name, const std::string& source) {
  const auto found = std::find_if(scripts_.begin(), scripts_.end(), [&](const Script& script) {
    return script.names.contains(name) && script.source == source;
  });
  return found == scripts_.end() ? nullptr : &*found;
}

void Coverage::add(const sieve::testsuite::FoundScript& script) {
  const std::string path = shown_path(script.path);
  const auto found = std::find_if(scripts_.begin(), scripts_.end(), [&](const Script& known) {
    return known.path == path && known.source == script.source;
  });
  Script& known =
      found == scripts_.end() ? scripts_.emplace_back(Script{path, script.source, {}, {}, {}}) : *found;
  known.names.insert(script.name);
}

void Coverage::command(const sieve::Script& script, const sieve::Command& command) {
  if (Script* known = find(script.name, script.source))
    ++known->commands[{command.position.line, command.position.column}];
}

void Coverage::tested(const sieve::Script& script, const sieve::Test& test, bool result) {
  if (Script* known = find(script.name, script.source))
    ++known->tests[{test.position.line, test.position.column}][result ? 1 : 0];
}

std::string Coverage::text() const {
  if (scripts_.empty()) return "coverage: no script was tested\n";
  Tally sum;
  std::string result;
  for (const auto& script : scripts_) result += Listing(script, sum).text();
  const auto all = sum.commands + sum.branches;
  const auto percent = all == 0 ? 100 : (sum.commands_run + sum.branches_run) * 100 / all;
  return result + "coverage: " + Listing::counts(sum) + ": " + std::to_string(percent) + " per cent\n";
}

} // namespace tools
