// SPDX-License-Identifier: MIT
// require, if, elsif, else, stop (RFC 5228 section 3).
#include "base/ascii.h"
#include "sieve/compiler.h"
#include "sieve/execution.h"
#include "sieve/older_forms.h"

namespace sieve {

namespace {

/// if, with the elsif and else that follow it.
class If final : public Command {
public:
  struct Branch {
    Position position;
    std::unique_ptr<Test> condition; // null: else
    Block block;
  };
  std::vector<Branch> branches;

  Flow run(Execution& execution) const override {
    for (const Branch& branch : branches) {
      if (branch.condition == nullptr) execution.otherwise(branch.position);
      if (branch.condition == nullptr || execution.test(*branch.condition))
        return execution.run(branch.block);
    }
    return Flow::next;
  }
};

/// Compiles a branch, unless it can never run by itself: then it need not even be valid (RFC 5463 section 4).
void add_branch(Compiler& compiler, Arguments& arguments, If* chain) {
  std::unique_ptr<Test> condition;
  if (!arguments.tests.empty()) condition = std::move(arguments.tests.front());
  const auto constant = condition == nullptr ? std::optional<bool>(true) : condition->constant();
  Block block;
  if (constant != false) block = compiler.block(arguments);
  if (constant == true) compiler.decide_chain();
  if (chain == nullptr) return; // the chain's head was faulty
  chain->branches.push_back({arguments.position(), std::move(condition), std::move(block)});
}

std::unique_ptr<Command> compile_if(Compiler& compiler, Arguments& arguments) {
  auto node = std::make_unique<If>();
  add_branch(compiler, arguments, node.get());
  return node;
}

std::unique_ptr<Command> compile_alternative(Compiler& compiler, Arguments& arguments) {
  add_branch(compiler, arguments, static_cast<If*>(compiler.previous()));
  return nullptr;
}

class Stop final : public Command {
public:
  Flow run(Execution&) const override { return Flow::stop; }
};

std::unique_ptr<Command> compile_stop(Compiler&, Arguments&) { return std::make_unique<Stop>(); }

std::unique_ptr<Command> compile_require(Compiler& compiler, Arguments& arguments) {
  if (!compiler.require_allowed()) {
    compiler.error(arguments.position(), "`require' must stand before all other commands");
    return nullptr;
  }
  for (const Text& capability : arguments.strings(0)) {
    const Extension* extension = compiler.usable(capability.literal());
    if (extension != nullptr) {
      activate_one_form(compiler, *extension, capability.position);
    } else {
      const auto reason = reason_to_refuse(capability.literal());
      compiler.error(capability.position, "unsupported capability `" + base::printable(capability.literal()) +
                                              "'" + (reason.empty() ? "" : ": ") + std::string(reason));
    }
  }
  return nullptr;
}

constexpr Type string_list[] = {Type::strings};

constexpr CommandSpec commands[] = {
    {.name = "require", .positionals = string_list, .compile = compile_require},
    {.name = "if", .tests = SubTests::one, .block = true, .compile = compile_if},
    {.name = "elsif",
     .tests = SubTests::one,
     .block = true,
     .follows = "if elsif",
     .compile = compile_alternative},
    {.name = "else", .block = true, .follows = "if elsif", .compile = compile_alternative},
    {.name = "stop", .compile = compile_stop},
};

} // namespace

extern const Extension core_control;
constinit const Extension core_control = {.name = "", .rfc = "5228", .commands = commands};

} // namespace sieve
