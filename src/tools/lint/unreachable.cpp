// SPDX-License-Identifier: MIT
// Commands that never run: those behind what ends the script or the block, and branches of constant tests.
#include "base/ascii.h"
#include "tools/lint/lint.h"

#include <optional>

namespace tools {

namespace {

using Commands = std::vector<sieve::Construct>;

bool named(const sieve::Construct& construct, std::string_view name) {
  return base::equal_ignoring_case(construct.name, name);
}

bool is_alternative(const sieve::Construct& command) {
  return named(command, "elsif") || named(command, "else");
}

/// The value of a test that depends on nothing.
std::optional<bool> constant_value(const sieve::Construct& test) {
  if (named(test, "true")) return true;
  if (named(test, "false")) return false;
  if (named(test, "not") && test.tests.size() == 1) {
    const auto inner = constant_value(test.tests.front());
    if (inner) return !*inner;
  }
  return std::nullopt;
}

bool ends(const Commands& block);

/// Does none of the branches of the `if` at `index` come to its end, one of which always runs?
bool all_branches_end(const Commands& block, std::size_t index) {
  for (std::size_t i = index; i < block.size(); ++i) {
    if (i > index && !is_alternative(block[i])) return false;
    if (!block[i].block || !ends(*block[i].block)) return false;
    if (named(block[i], "else")) return true;
    if (block[i].tests.size() == 1 && constant_value(block[i].tests.front()) == true) return true;
  }
  return false;
}

/// What follows does not run.
bool ends(const Commands& block, std::size_t index) {
  for (const auto* name : {"stop", "return", "break", "error"}) {
    if (named(block[index], name)) return true;
  }
  return named(block[index], "if") && all_branches_end(block, index);
}

bool ends(const Commands& block) {
  for (std::size_t i = 0; i < block.size(); ++i) {
    if (ends(block, i)) return true;
  }
  return false;
}

void report_behind(Lint& lint, const Commands& block, std::size_t index) {
  const bool chain = named(block[index], "if");
  std::size_t next = index + 1;
  while (chain && next < block.size() && is_alternative(block[next])) ++next;
  if (next >= block.size()) return;
  const std::string line = std::to_string(block[index].position.line);
  lint.report(block[next].position,
              chain ? "this never runs: every branch of the `if' on line " + line + " ends before it"
                    : "this never runs: the " + ticked(base::lower(block[index].name)) + " on line " + line +
                          " ends before it",
              "remove it, or move it up");
}

void unreachable(Lint& lint) {
  each_block(lint.script(), [&](const Commands& block) {
    for (std::size_t i = 0; i < block.size(); ++i) {
      if (ends(block, i)) return report_behind(lint, block, i);
    }
  });
}

void report_constant(Lint& lint, const Commands& block, std::size_t index) {
  const auto& test = block[index].tests.front();
  if (constant_value(test) == false) {
    lint.report(test.position, "this is never true: the block does not run", "remove the branch");
  } else if (index + 1 < block.size() && is_alternative(block[index + 1])) {
    lint.report(block[index + 1].position, "this never runs: the condition before it is always true",
                "remove the branch");
  }
}

void constant_condition(Lint& lint) {
  each_block(lint.script(), [&](const Commands& block) {
    for (std::size_t i = 0; i < block.size(); ++i) {
      const auto& command = block[i];
      if (command.tests.size() != 1 || !constant_value(command.tests.front())) continue;
      if (named(command, "if") || named(command, "elsif")) report_constant(lint, block, i);
    }
  });
}

} // namespace

extern const Rule unreachable_rule;
constinit const Rule unreachable_rule = {"unreachable", unreachable};
extern const Rule constant_condition_rule;
constinit const Rule constant_condition_rule = {"constant-condition", constant_condition};

} // namespace tools
