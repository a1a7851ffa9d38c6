// SPDX-License-Identifier: MIT
// test and test_fail.
#include "sieve/compiler.h"
#include "sieve/execution.h"
#include "sieve/testsuite/language.h"
#include "sieve/testsuite/world.h"

namespace sieve::testsuite {

namespace {

/// Where test_fail goes: the end of the open block, or of the script.
struct OpenBlock {
  const void* node = nullptr;
};

class TestBlock final : public Command {
public:
  TestBlock(Text title, Block block) : title_(std::move(title)), block_(std::move(block)) {}

  Flow run(Execution& execution) const override {
    World& world = World::of(execution);
    // The block that runs a script under test is the one that is reported, not those of that script.
    if (world.subordinate > 0) return execution.run(block_);
    Report& report = world.report();
    report.begin(title_.value(execution));
    execution.slots.get<OpenBlock>().node = this;
    Flow flow = execution.run(block_);
    execution.slots.get<OpenBlock>().node = nullptr;
    if (flow == Flow::leave && execution.leaving() == this) flow = Flow::next;
    if (flow == Flow::next && report.open()) report.succeed();
    return flow;
  }

private:
  Text title_;
  Block block_;
};

class TestFail final : public Command {
public:
  explicit TestFail(Text reason) : reason_(std::move(reason)) {}

  Flow run(Execution& execution) const override { return fail_block(execution, reason_.value(execution)); }

private:
  Text reason_;
};

std::unique_ptr<Command> compile_test(Compiler& compiler, Arguments& arguments) {
  if (compiler.depth() > 1) {
    compiler.error(arguments.position(), "tests cannot be nested: `test' must stand at the top level");
    return nullptr;
  }
  return std::make_unique<TestBlock>(arguments.string(0), compiler.block(arguments));
}

std::unique_ptr<Command> compile_test_fail(Compiler&, Arguments& arguments) {
  return std::make_unique<TestFail>(arguments.string(0));
}

constexpr Type one_string[] = {Type::string};
constexpr CommandSpec commands[] = {
    {.name = "test", .positionals = one_string, .block = true, .compile = compile_test},
    {.name = "test_fail", .positionals = one_string, .compile = compile_test_fail}};

} // namespace

Flow fail_block(Execution& execution, const std::string& reason) {
  World& world = World::of(execution);
  if (world.subordinate > 0) {
    world.subordinate_failed = true;
    return Flow::stop;
  }
  const void* block = execution.slots.get<OpenBlock>().node;
  if (block != nullptr) {
    world.report().fail(reason);
    return execution.leave(block);
  }
  world.report().fail_case(reason);
  throw ScriptError({}, "test failed outside all blocks");
}

constinit const Extension block_language = {.name = "", .rfc = "", .commands = commands};

} // namespace sieve::testsuite
