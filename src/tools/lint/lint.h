// SPDX-License-Identifier: MIT
// Warnings about scripts that compile, yet cannot mean what they say. A rule is one function in a file of
// this directory and one line of rules.def. A rule speaks only of what is certain for every message.
#pragma once

#include "tools/view.h"

#include <functional>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tools {

/// What is known of the world in which a script will run.
struct LintWorld {
  std::vector<std::string> addresses;              // of the user
  std::string location;                            // of the mail, as it was given
  std::optional<std::vector<std::string>> folders; // UTF-8, with '/'; nothing: not known
  std::optional<std::string> programs;             // their directory; nothing: not known
};

struct Warning {
  sieve::Position position;
  std::string_view code;
  std::string text, suggestion;
};

class Lint {
public:
  Lint(const std::vector<sieve::Construct>& script, const LintWorld& world);

  const std::vector<sieve::Construct>& script() const { return script_; }
  const LintWorld& world() const { return world_; }
  bool requires_(std::string_view capability) const { return required_.contains(capability); }
  /// Is the string what it says, with no variables and no encoded characters in it?
  bool constant(const sieve::StringLiteral& literal) const;

  void report(sieve::Position position, std::string text, std::string suggestion = {});
  /// Runs all rules; the warnings in script order.
  std::vector<Warning> run();

private:
  const std::vector<sieve::Construct>& script_;
  const LintWorld& world_;
  std::set<std::string, std::less<>> required_; // by require or, somewhere, by ihave
  std::vector<Warning> warnings_;
  std::string_view code_; // of the rule that runs
};

struct Rule {
  std::string_view code;
  void (*run)(Lint&);
};
std::span<const Rule* const> lint_rules();

using Visit = std::function<void(const View&)>;
/// All commands, those in blocks too, each before what is in its block.
void each_command(const std::vector<sieve::Construct>& commands, const Visit& visit);
/// All tests, nested ones too, of all commands.
void each_test(const std::vector<sieve::Construct>& commands, const Visit& visit);
/// The tests below one command or test.
void each_test_of(const sieve::Construct& construct, const Visit& visit);
/// Each block of commands: the script, then those in it.
void each_block(const std::vector<sieve::Construct>& commands,
                const std::function<void(const std::vector<sieve::Construct>&)>& visit);
/// All strings of the command or test itself, parameters of tags included.
void each_string(const sieve::Construct& construct,
                 const std::function<void(const sieve::StringLiteral&)>& visit);

/// "`text'", for messages.
std::string ticked(std::string_view text);

} // namespace tools
