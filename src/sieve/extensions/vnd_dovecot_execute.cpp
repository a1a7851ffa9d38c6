// SPDX-License-Identifier: MIT
// vnd.dovecot.execute (spec-bosch-sieve-extprograms section 7): complete. Runs a program on a string
// (:input), on the message (:pipe) or on nothing, and may put its output into a variable (:output); as a test
// it says whether the program succeeded. There only where the administrator has given a directory of
// programs.
#include "sieve/compiler.h"
#include "sieve/execution.h"
#include "sieve/program_call.h"
#include "sieve/variables.h"

namespace sieve {

namespace {

struct Run {
  Program program;
  std::optional<Text> input;
  bool pipe = false;
  std::optional<VariableTarget> output;

  bool operator()(Execution& execution, Position position) const {
    std::string text = pipe ? execution.message().str() : input ? input->value(execution) : std::string();
    auto result = run_program(execution, position,
                              {"execute", program.name, program.values(execution), std::move(text)});
    if (result.succeeded && output) set_variable(execution, *output, std::move(result.output));
    return result.succeeded;
  }
};

class ExecuteCommand final : public Command {
public:
  explicit ExecuteCommand(Run run) : run_(std::move(run)) {}
  Flow run(Execution& execution) const override {
    run_(execution, position);
    return Flow::next;
  }

private:
  Run run_;
};

class ExecuteTest final : public Test {
public:
  explicit ExecuteTest(Run run) : run_(std::move(run)) {}
  bool test(Execution& execution) const override { return run_(execution, position); }

private:
  Run run_;
};

/// False if there is a mistake, which was reported.
bool bind_output(Compiler& compiler, const Arguments& arguments, std::optional<VariableTarget>& target) {
  const TagUse* tag = arguments.tag("output");
  if (tag == nullptr) return true;
  if (!compiler.active("variables")) {
    compiler.error(tag->position, "tag :output wants require \"variables\"");
    return false;
  }
  if (!tag->string().constant()) {
    compiler.error(tag->position, "the variable's name must be a constant string");
    return false;
  }
  target = bind_variable(compiler, tag->position, tag->string().literal());
  return target.has_value();
}

template <class Made, class Node>
std::unique_ptr<Made> compile_execute(Compiler& compiler, Arguments& arguments) {
  Run run;
  auto program = bind_program(compiler, arguments);
  if (!program || !exclusive(compiler, arguments, "input", "pipe")) return nullptr;
  if (!bind_output(compiler, arguments, run.output)) return nullptr;
  run.program = std::move(*program);
  run.input = arguments.tag_text("input");
  run.pipe = arguments.tag("pipe") != nullptr;
  return std::make_unique<Node>(std::move(run));
}

constexpr TagSpec execute_tags[] = {{.name = "input", .parameter = Type::string},
                                    {.name = "pipe"},
                                    {.name = "output", .parameter = Type::string}};
constexpr CommandSpec commands[] = {{.name = "execute",
                                     .positionals = program_positionals,
                                     .optional_last = 1,
                                     .tags = execute_tags,
                                     .compile = compile_execute<Command, ExecuteCommand>}};
constexpr TestSpec tests[] = {{.name = "execute",
                               .positionals = program_positionals,
                               .optional_last = 1,
                               .tags = execute_tags,
                               .compile = compile_execute<Test, ExecuteTest>}};

} // namespace

extern const Extension vnd_dovecot_execute_extension;
constinit const Extension vnd_dovecot_execute_extension = {.name = "vnd.dovecot.execute",
                                                           .rfc = "spec-bosch-sieve-extprograms",
                                                           .commands = commands,
                                                           .tests = tests,
                                                           .available = has_programs};

} // namespace sieve
