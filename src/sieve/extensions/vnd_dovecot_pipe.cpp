// SPDX-License-Identifier: MIT
// vnd.dovecot.pipe (spec-bosch-sieve-extprograms section 5): complete. The program is run when the decision
// is carried out; :try, and :copy of copy. There only where the administrator has given a directory of
// programs.
#include "base/ascii.h"
#include "sieve/compiler.h"
#include "sieve/execution.h"
#include "sieve/program_call.h"

#include <algorithm>

namespace sieve {

namespace {

class PipeCommand final : public Command {
public:
  PipeCommand(Program program, bool try_only, std::vector<TagUse> tags)
      : program_(std::move(program)), try_only_(try_only), tags_(std::move(tags)) {}

  Flow run(Execution& execution) const override {
    const auto& entries = execution.state().result.entries();
    const bool again = std::any_of(entries.begin(), entries.end(), [&](const Result::Entry& entry) {
      const auto* pipe = std::get_if<Pipe>(&entry.action.what);
      return pipe != nullptr && !entry.settled() && pipe->program == program_.name;
    });
    if (again) throw ScriptError(position, "pipe: program `" + program_.name + "' can be used once only");
    Pipe pipe{execution.state().snapshot(), program_.name, program_.values(execution), try_only_};
    execution.act(std::move(pipe), *this, tags_);
    return Flow::next;
  }

private:
  Program program_;
  bool try_only_;
  std::vector<TagUse> tags_;
};

std::unique_ptr<Command> compile_pipe(Compiler& compiler, Arguments& arguments) {
  auto program = bind_program(compiler, arguments);
  if (!program) return nullptr;
  return std::make_unique<PipeCommand>(std::move(*program), arguments.tag("try") != nullptr,
                                       arguments.tags());
}

constexpr TagSpec pipe_tags[] = {{.name = "try"}};
constexpr CommandSpec commands[] = {{.name = "pipe",
                                     .positionals = program_positionals,
                                     .optional_last = 1,
                                     .tags = pipe_tags,
                                     .compile = compile_pipe}};

} // namespace

extern const Extension vnd_dovecot_pipe_extension;
constinit const Extension vnd_dovecot_pipe_extension = {.name = "vnd.dovecot.pipe",
                                                        .rfc = "spec-bosch-sieve-extprograms",
                                                        .commands = commands,
                                                        .available = has_programs};

} // namespace sieve
