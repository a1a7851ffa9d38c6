// SPDX-License-Identifier: MIT
// vnd.dovecot.debug (spec-bosch-sieve-debug): complete. debug_log writes a line to the log of the delivery.
#include "base/ascii.h"
#include "sieve/compiler.h"
#include "sieve/execution.h"

namespace sieve {

namespace {

class DebugLog final : public Command {
public:
  explicit DebugLog(Text message) : message_(std::move(message)) {}
  Flow run(Execution& execution) const override {
    execution.report(Severity::info, position, "DEBUG: " + base::printable(message_.value(execution)));
    return Flow::next;
  }

private:
  Text message_;
};

std::unique_ptr<Command> compile_debug_log(Compiler&, Arguments& arguments) {
  return std::make_unique<DebugLog>(arguments.string(0));
}

constexpr Type one_string[] = {Type::string};
constexpr CommandSpec commands[] = {
    {.name = "debug_log", .positionals = one_string, .compile = compile_debug_log}};

} // namespace

extern const Extension vnd_dovecot_debug_extension;
constinit const Extension vnd_dovecot_debug_extension = {
    .name = "vnd.dovecot.debug", .rfc = "spec-bosch-sieve-debug", .commands = commands};

} // namespace sieve
