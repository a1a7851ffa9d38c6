// SPDX-License-Identifier: MIT
// test_script_compile, test_script_run, test_multiscript, test_binary_save, test_binary_load.
#include "base/ascii.h"
#include "sieve/compiler.h"
#include "sieve/execution.h"
#include "sieve/testsuite/execute.h"
#include "sieve/testsuite/language.h"
#include "sieve/testsuite/world.h"

namespace sieve::testsuite {

namespace {

/// Beside the script that runs now.
std::string path_beside(Execution& execution, const std::string& name) {
  const std::string& current = execution.script().name;
  const auto slash = current.rfind('/');
  return slash == std::string::npos ? name : current.substr(0, slash + 1) + name;
}

class CompileTest final : public Test {
public:
  explicit CompileTest(Text path) : path_(std::move(path)) {}
  bool test(Execution& execution) const override {
    World& world = World::of(execution);
    world.errors.clear();
    auto script = world.compile_file(path_beside(execution, path_.value(execution)));
    if (script == nullptr) return false;
    world.compiled = std::move(script);
    return true;
  }

private:
  Text path_;
};

class RunTest final : public Test {
public:
  explicit RunTest(bool append) : append_(append) {}
  bool test(Execution& execution) const override {
    World& world = World::of(execution);
    world.errors.clear();
    if (!append_) world.reset_result();
    if (world.compiled == nullptr) {
      world.errors.emplace_back("no script is compiled");
      return false;
    }
    world.subordinate_failed = false;
    const std::shared_ptr<const Script> script = world.compiled; // it may compile another itself
    const bool good = world.run(*script);
    return script->uses(test_language()) ? !world.subordinate_failed : good;
  }

private:
  bool append_;
};

class MultiscriptTest final : public Test {
public:
  explicit MultiscriptTest(TextList paths) : paths_(std::move(paths)) {}

  bool test(Execution& execution) const override {
    World& world = World::of(execution);
    world.errors.clear();
    Result shared = std::move(world.state().result);
    const bool shared_keep_done = world.implicit_keep_done;
    world.reset_result();
    bool good = run_all(execution, world);
    if (good) {
      good = execute_result(world);
    } else {
      keep_original(world); // nothing was committed yet: what the scripts before it wanted is void too
    }
    world.state().result = std::move(shared);
    world.implicit_keep_done = shared_keep_done;
    return good;
  }

private:
  bool run_all(Execution& execution, World& world) const {
    for (const Text& path : paths_) {
      const auto script = world.compile_file(path_beside(execution, path.value(execution)));
      if (script == nullptr) return false;
      world.state().next_script();
      if (!world.run(*script)) return false;
      const Result& result = world.state().result;
      if (result.keep_cancelled() && !result.stores_inbox()) break;
    }
    return true;
  }

  TextList paths_;
};

class BinaryCommand final : public Command {
public:
  BinaryCommand(bool save, Text label) : save_(save), label_(std::move(label)) {}
  Flow run(Execution& execution) const override {
    World& world = World::of(execution);
    const std::string label = label_.value(execution);
    if (save_) {
      if (world.compiled == nullptr) throw ScriptError(position, "no script is compiled that could be saved");
      world.binaries[label] = world.compiled;
      return Flow::next;
    }
    const auto found = world.binaries.find(label);
    if (found == world.binaries.end()) {
      throw ScriptError(position, "no binary `" + base::printable(label) + "' was saved");
    }
    world.compiled = found->second;
    return Flow::next;
  }

private:
  bool save_;
  Text label_;
};

std::unique_ptr<Test> compile_compile(Compiler&, Arguments& arguments) {
  return std::make_unique<CompileTest>(arguments.string(0));
}
std::unique_ptr<Test> compile_run(Compiler&, Arguments& arguments) {
  return std::make_unique<RunTest>(arguments.tag("append_result") != nullptr);
}
std::unique_ptr<Test> compile_multiscript(Compiler&, Arguments& arguments) {
  return std::make_unique<MultiscriptTest>(arguments.strings(0));
}
template <bool save>
std::unique_ptr<Command> compile_binary(Compiler&, Arguments& arguments) {
  return std::make_unique<BinaryCommand>(save, arguments.string(0));
}

constexpr Type one_string[] = {Type::string};
constexpr Type one_list[] = {Type::strings};
constexpr TagSpec run_tags[] = {{.name = "append_result"}};

constexpr CommandSpec commands[] = {
    {.name = "test_binary_save", .positionals = one_string, .compile = compile_binary<true>},
    {.name = "test_binary_load", .positionals = one_string, .compile = compile_binary<false>}};
constexpr TestSpec tests[] = {
    {.name = "test_script_compile", .positionals = one_string, .compile = compile_compile},
    {.name = "test_script_run", .tags = run_tags, .compile = compile_run},
    {.name = "test_multiscript", .positionals = one_list, .compile = compile_multiscript}};

} // namespace

constinit const Extension script_language = {.name = "", .rfc = "", .commands = commands, .tests = tests};

} // namespace sieve::testsuite
