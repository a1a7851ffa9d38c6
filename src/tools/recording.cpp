// SPDX-License-Identifier: MIT
#include "tools/recording.h"

#include "sieve/flags.h"
#include "sieve/script.h"
#include "tools/describe.h"

#include <algorithm>
#include <iterator>

namespace tools {

std::string_view name_of(Step::Kind kind) {
  static constexpr std::string_view names[] = {"command", "test",   "value",    "key",   "hit",   "capture",
                                               "result",  "branch", "variable", "flags", "action"};
  return names[static_cast<std::size_t>(kind)];
}

void Recording::move_to(const sieve::Script& script, sieve::Position position) {
  const auto known = std::find_if(scripts_.begin(), scripts_.end(), [&](const Source& source) {
    return source.name == script.name && source.text == script.source;
  });
  here_.script = static_cast<std::size_t>(known - scripts_.begin());
  if (known == scripts_.end()) scripts_.push_back({script.name, script.source});
  here_.line = position.line;
  here_.column = position.column;
}

Step& Recording::add(Step::Kind kind, std::string_view name, std::string_view text) {
  Step& step = steps_.emplace_back(here_);
  step.kind = kind;
  step.name = name;
  step.text = text;
  return step;
}

void Recording::command(const sieve::Script& script, const sieve::Command& command) {
  here_.depth = 0; // a test that ended in an error was never told to be over
  branching_ = command.name == "if";
  move_to(script, command.position);
  add(Step::Kind::command, command.name, "");
}

void Recording::testing(const sieve::Script& script, const sieve::Test& test) {
  move_to(script, test.position);
  add(Step::Kind::test, test.name, "");
  ++here_.depth;
}

void Recording::compared(const sieve::ValueList& values, const std::vector<std::string_view>& keys) {
  const auto& items = values.items();
  for (std::size_t i = 0; i < items.size(); ++i) add(Step::Kind::value, values.origin(i), items[i]);
  for (const auto& key : keys) add(Step::Kind::key, "", key);
}

void Recording::hit(std::string_view value, std::string_view key) { add(Step::Kind::hit, key, value); }

void Recording::matched(const std::vector<std::string>& values) {
  for (std::size_t i = 0; i < values.size(); ++i) add(Step::Kind::capture, std::to_string(i), values[i]);
}

void Recording::tested(const sieve::Script& script, const sieve::Test& test, bool result) {
  --here_.depth;
  move_to(script, test.position);
  add(Step::Kind::result, test.name, result ? "true" : "false").truth = result;
  if (here_.depth == 0 && branching_)
    add(Step::Kind::branch, "", result ? "taken" : "not taken").truth = result;
}

void Recording::otherwise(const sieve::Script& script, sieve::Position position) {
  move_to(script, position);
  add(Step::Kind::branch, "else", "taken").truth = true;
}

void Recording::variable(const std::string& name, const std::string& value) {
  add(Step::Kind::variable, name, value);
}

void Recording::flags(const std::vector<std::string>& flags) {
  add(Step::Kind::flags, "", sieve::join_flags(flags));
}

void Recording::action(const sieve::Action& action) { add(Step::Kind::action, "", describe(action)); }

} // namespace tools
