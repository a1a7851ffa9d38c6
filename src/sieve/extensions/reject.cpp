// SPDX-License-Identifier: MIT
// reject and ereject (RFC 5429): complete. Both become the recipient's refusing reply (section 2.5), which is
// what the RFC wants of them wherever the protocol allows it. A reason outside ASCII can be said only to a
// client that asked for SMTPUTF8: for others ereject has it replaced by a general one (section 2.1.1), and
// reject, which favours the exact text, sends a notification (section 2.2), but never in answer to automatic
// mail.
#include "base/utf8.h"
#include "sieve/compiler.h"
#include "sieve/execution.h"

namespace sieve {

namespace {

class RejectCommand final : public Command {
public:
  RejectCommand(Text reason, bool ereject) : reason_(std::move(reason)), ereject_(ereject) {}

  Flow run(Execution& execution) const override {
    execution.act(Reject{base::to_valid_utf8(reason_.value(execution)), ereject_}, *this);
    return Flow::next;
  }

private:
  Text reason_;
  bool ereject_;
};

template <bool ereject>
std::unique_ptr<Command> compile_reject(Compiler&, Arguments& arguments) {
  return std::make_unique<RejectCommand>(arguments.string(0), ereject);
}

constexpr Type one_string[] = {Type::string};
constexpr CommandSpec reject_commands[] = {
    {.name = "reject", .positionals = one_string, .compile = compile_reject<false>}};
constexpr CommandSpec ereject_commands[] = {
    {.name = "ereject", .positionals = one_string, .compile = compile_reject<true>}};

} // namespace

extern const Extension reject_extension, ereject_extension;
constinit const Extension reject_extension = {.name = "reject", .rfc = "5429", .commands = reject_commands};
constinit const Extension ereject_extension = {
    .name = "ereject", .rfc = "5429", .commands = ereject_commands};

} // namespace sieve
