// SPDX-License-Identifier: MIT
// vnd.dovecot.filter (spec-bosch-sieve-extprograms section 6): complete. The program's output takes the place
// of the message; as a test it says whether it did. A program that fails, or puts out nothing, changes
// nothing and is no error of the script. There only where the administrator has given a directory of
// programs.
#include "mail/line_ends.h"
#include "sieve/compiler.h"
#include "sieve/execution.h"
#include "sieve/mail_draft.h"
#include "sieve/program_call.h"

namespace sieve {

namespace {

bool has_crlf(std::string_view octets) {
  const auto lf = octets.find('\n');
  return lf != std::string_view::npos && lf > 0 && octets[lf - 1] == '\r';
}

bool filter(Execution& execution, const Program& program, Position position) {
  const std::string octets = execution.message().str();
  auto result = run_program(execution, position, {"filter", program.name, program.values(execution), octets});
  if (!result.succeeded) return false;
  if (result.output.empty()) {
    execution.warn(position, "filter: program `" + program.name + "' put out no message");
    return false;
  }
  std::string output =
      lf_lines(result.output); // whatever the program writes, the message keeps its line ends
  execution.state().edit().replace_all(has_crlf(octets) ? mail::to_crlf(output) : std::move(output));
  return true;
}

class FilterCommand final : public Command {
public:
  explicit FilterCommand(Program program) : program_(std::move(program)) {}
  Flow run(Execution& execution) const override {
    filter(execution, program_, position);
    return Flow::next;
  }

private:
  Program program_;
};

class FilterTest final : public Test {
public:
  explicit FilterTest(Program program) : program_(std::move(program)) {}
  bool test(Execution& execution) const override { return filter(execution, program_, position); }

private:
  Program program_;
};

template <class Made, class Node>
std::unique_ptr<Made> compile_filter(Compiler& compiler, Arguments& arguments) {
  auto program = bind_program(compiler, arguments);
  if (!program) return nullptr;
  return std::make_unique<Node>(std::move(*program));
}

constexpr CommandSpec commands[] = {{.name = "filter",
                                     .positionals = program_positionals,
                                     .optional_last = 1,
                                     .compile = compile_filter<Command, FilterCommand>}};
constexpr TestSpec tests[] = {{.name = "filter",
                               .positionals = program_positionals,
                               .optional_last = 1,
                               .compile = compile_filter<Test, FilterTest>}};

} // namespace

extern const Extension vnd_dovecot_filter_extension;
constinit const Extension vnd_dovecot_filter_extension = {.name = "vnd.dovecot.filter",
                                                          .rfc = "spec-bosch-sieve-extprograms",
                                                          .commands = commands,
                                                          .tests = tests,
                                                          .available = has_programs};

} // namespace sieve
