// SPDX-License-Identifier: MIT
#include "tools/lint/lint.h"

#include "base/ascii.h"

#include <algorithm>
#include <tuple>

namespace tools {

#define RULE(x) extern const Rule x##_rule;
#include "tools/lint/rules.def"
#undef RULE

namespace {

constinit const Rule* const table[] = {
#define RULE(x) &x##_rule,
#include "tools/lint/rules.def"
#undef RULE
};

} // namespace

std::span<const Rule* const> lint_rules() { return table; }

Lint::Lint(const std::vector<sieve::Construct>& script, const LintWorld& world)
    : script_(script), world_(world) {
  const auto note = [&](const View& view, std::string_view name) {
    if (!view.is(name)) return;
    for (const auto& capability : view.strings(0)) required_.emplace(capability.text);
  };
  each_command(script, [&](const View& view) { note(view, "require"); });
  each_test(script, [&](const View& view) { note(view, "ihave"); });
}

bool Lint::constant(const sieve::StringLiteral& literal) const {
  return literal.text.find("${") == std::string::npos ||
         (!requires_("variables") && !requires_("encoded-character"));
}

void Lint::report(sieve::Position position, std::string text, std::string suggestion) {
  warnings_.push_back({position, code_, std::move(text), std::move(suggestion)});
}

std::vector<Warning> Lint::run() {
  for (const Rule* rule : lint_rules()) {
    code_ = rule->code;
    rule->run(*this);
  }
  std::stable_sort(warnings_.begin(), warnings_.end(), [](const Warning& a, const Warning& b) {
    return std::tie(a.position.line, a.position.column) < std::tie(b.position.line, b.position.column);
  });
  return std::move(warnings_);
}

void each_command(const std::vector<sieve::Construct>& commands, const Visit& visit) {
  each_block(commands, [&](const std::vector<sieve::Construct>& block) {
    for (const auto& command : block) visit(view(command, Kind::command));
  });
}

void each_block(const std::vector<sieve::Construct>& commands,
                const std::function<void(const std::vector<sieve::Construct>&)>& visit) {
  visit(commands);
  for (const auto& command : commands) {
    if (command.block) each_block(*command.block, visit);
  }
}

void each_test_of(const sieve::Construct& construct, const Visit& visit) {
  for (const auto& test : construct.tests) {
    visit(view(test, Kind::test));
    each_test_of(test, visit);
  }
}

void each_test(const std::vector<sieve::Construct>& commands, const Visit& visit) {
  each_command(commands, [&](const View& command) { each_test_of(*command.construct, visit); });
}

void each_string(const sieve::Construct& construct,
                 const std::function<void(const sieve::StringLiteral&)>& visit) {
  for (const auto& argument : construct.arguments) {
    for (const auto& literal : argument.strings) visit(literal);
  }
}

std::string ticked(std::string_view text) { return '`' + base::printable(text) + '\''; }

} // namespace tools
