// SPDX-License-Identifier: MIT
// imapflags (draft-melnikov-sieve-imapflags): complete, for scripts that are older than imap4flags. setflag,
// addflag, removeflag as imap4flags has them; mark and unmark, which mean \Flagged (section 4).
#include "sieve/execution.h"
#include "sieve/flag_commands.h"
#include "sieve/flags.h"

namespace sieve {

namespace {

constexpr std::string_view marked = "\\Flagged";

class Mark final : public Command {
public:
  explicit Mark(bool on) : on_(on) {}

  Flow run(Execution& execution) const override {
    Flags& flags = internal_flags(execution.state());
    if (on_) {
      add_flags(flags, marked);
    } else {
      remove_flags(flags, marked);
    }
    if (execution.trace() != nullptr) execution.trace()->flags(flags);
    return Flow::next;
  }

private:
  bool on_;
};

std::unique_ptr<Command> compile_mark(Compiler&, Arguments&) { return std::make_unique<Mark>(true); }
std::unique_ptr<Command> compile_unmark(Compiler&, Arguments&) { return std::make_unique<Mark>(false); }

constexpr CommandSpec commands[] = {setflag_spec,
                                    addflag_spec,
                                    removeflag_spec,
                                    {.name = "mark", .compile = compile_mark},
                                    {.name = "unmark", .compile = compile_unmark}};

} // namespace

extern const Extension imapflags_extension;
constinit const Extension imapflags_extension = {.name = "imapflags",
                                                 .rfc = "draft-melnikov-sieve-imapflags",
                                                 .commands = commands,
                                                 .on_store = put_flags_in_force};

} // namespace sieve
