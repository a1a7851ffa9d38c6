// SPDX-License-Identifier: MIT
// A script's run kept step by step, for what shows it as a whole: the page and the JSON of `run`.
#pragma once

#include "sieve/trace.h"

#include <string>
#include <vector>

namespace tools {

struct Step {
  enum class Kind { command, test, value, key, hit, capture, result, branch, variable, flags, action };
  Kind kind = Kind::command;
  std::size_t script = 0; // index into Recording::scripts()
  unsigned line = 0, column = 0;
  unsigned depth = 0; // of the tests around it
  std::string name;   // of the command, test, match value or variable; of a hit: its key; of a value: its
                      // field, where several were asked; of a branch: "else", where it is one
  std::string text;   // what it holds, or did
  bool truth = false; // of result and branch
};

std::string_view name_of(Step::Kind kind);

class Recording final : public sieve::TraceSink {
public:
  struct Source {
    std::string name, text;
  };
  const std::vector<Step>& steps() const { return steps_; }
  /// In the order in which they first ran.
  const std::vector<Source>& scripts() const { return scripts_; }

  void command(const sieve::Script& script, const sieve::Command& command) override;
  void testing(const sieve::Script& script, const sieve::Test& test) override;
  void compared(const sieve::ValueList& values, const std::vector<std::string_view>& keys) override;
  void hit(std::string_view value, std::string_view key) override;
  void matched(const std::vector<std::string>& values) override;
  void tested(const sieve::Script& script, const sieve::Test& test, bool result) override;
  void otherwise(const sieve::Script& script, sieve::Position position) override;
  void variable(const std::string& name, const std::string& value) override;
  void flags(const std::vector<std::string>& flags) override;
  void action(const sieve::Action& action) override;

private:
  void move_to(const sieve::Script& script, sieve::Position position);
  Step& add(Step::Kind kind, std::string_view name, std::string_view text);

  std::vector<Step> steps_;
  std::vector<Source> scripts_;
  Step here_;
  bool branching_ = false; // the command that runs is an if
};

} // namespace tools
