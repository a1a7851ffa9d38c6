// SPDX-License-Identifier: MIT
// test_error, test_result_action, test_result_execute, test_result_reset, test_result_print.
#include "sieve/compiler.h"
#include "sieve/execution.h"
#include "sieve/match.h"
#include "sieve/testsuite/execute.h"
#include "sieve/testsuite/language.h"
#include "sieve/testsuite/world.h"

namespace sieve::testsuite {

namespace {

using Lister = std::vector<std::string> (*)(World&);

std::vector<std::string> captured_errors(World& world) { return world.errors; }

std::vector<std::string> action_names(World& world) {
  std::vector<std::string> names;
  for (const auto& entry : world.state().result.entries()) names.emplace_back(action_name(entry.action));
  return names;
}

/// Compares a list of the world, or its index-th member, with keys.
class ListTest final : public Test {
public:
  ListTest(Lister lister, std::uint64_t index, Match match, TextList keys)
      : lister_(lister), index_(index), match_(std::move(match)), keys_(std::move(keys)) {}

  bool test(Execution& execution) const override {
    const auto all = lister_(World::of(execution));
    ValueList values;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (index_ == 0 || index_ == i + 1) values.add(all[i]);
    }
    return run_match(execution, match_, values, keys_);
  }

private:
  Lister lister_;
  std::uint64_t index_; // from 1; 0: all
  Match match_;
  TextList keys_;
};

template <Lister lister>
std::unique_ptr<Test> compile_list(Compiler& compiler, Arguments& arguments) {
  auto match = bind_match(compiler, arguments, arguments.strings(0), octet_comparator());
  const TagUse* index = arguments.tag("index");
  return std::make_unique<ListTest>(lister, index != nullptr ? index->number : 0, std::move(match),
                                    arguments.strings(0));
}

class ExecuteTest final : public Test {
public:
  bool test(Execution& execution) const override {
    World& world = World::of(execution);
    world.errors.clear();
    return execute_result(world);
  }
};

class ResetCommand final : public Command {
public:
  Flow run(Execution& execution) const override {
    World& world = World::of(execution);
    world.reset_result();
    world.outbox.clear();
    return Flow::next;
  }
};

class PrintCommand final : public Command {
public:
  Flow run(Execution&) const override { return Flow::next; }
};

std::unique_ptr<Test> compile_execute(Compiler&, Arguments&) { return std::make_unique<ExecuteTest>(); }
std::unique_ptr<Command> compile_reset(Compiler&, Arguments&) { return std::make_unique<ResetCommand>(); }
std::unique_ptr<Command> compile_print(Compiler&, Arguments&) { return std::make_unique<PrintCommand>(); }

constexpr Type one_list[] = {Type::strings};
constexpr TagSpec list_tags[] = {{.name = "index", .parameter = Type::number}};

constexpr CommandSpec commands[] = {{.name = "test_result_reset", .compile = compile_reset},
                                    {.name = "test_result_print", .compile = compile_print}};
constexpr TestSpec tests[] = {{.name = "test_error",
                               .positionals = one_list,
                               .groups = matching_groups,
                               .tags = list_tags,
                               .compile = compile_list<captured_errors>},
                              {.name = "test_result_action",
                               .positionals = one_list,
                               .groups = matching_groups,
                               .tags = list_tags,
                               .compile = compile_list<action_names>},
                              {.name = "test_result_execute", .compile = compile_execute}};

} // namespace

constinit const Extension result_language = {.name = "", .rfc = "", .commands = commands, .tests = tests};

} // namespace sieve::testsuite
