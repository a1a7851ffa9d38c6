// SPDX-License-Identifier: MIT
#include "sieve/flag_commands.h"

#include "base/ascii.h"
#include "sieve/compiler.h"
#include "sieve/execution.h"
#include "sieve/flags.h"
#include "sieve/variables.h"

#include <optional>

namespace sieve {

namespace {

enum class Change { set, add, remove };

void change(Execution& execution, Flags& flags, Change how, const std::vector<std::string>& lists) {
  if (how == Change::set) flags.clear();
  for (const auto& list : lists) {
    const auto words = base::words(list).size();
    execution.spend_work(words * (flags.size() + words) / 2); // each flag is compared with those before it
    if (how == Change::remove) {
      remove_flags(flags, list);
    } else {
      add_flags(flags, list);
    }
  }
}

class FlagCommand final : public Command {
public:
  FlagCommand(Change how, std::optional<VariableTarget> variable, TextList lists)
      : how_(how), variable_(std::move(variable)), lists_(std::move(lists)) {}

  Flow run(Execution& execution) const override {
    const auto lists = values_of(lists_, execution);
    warn_of_invalid(execution, lists);
    if (!variable_) {
      Flags& flags = internal_flags(execution.state());
      change(execution, flags, how_, lists);
      if (execution.trace() != nullptr) execution.trace()->flags(flags);
      return Flow::next;
    }
    Flags flags;
    add_flags(flags, read_variable(execution, variable_->name));
    change(execution, flags, how_, lists);
    set_variable(execution, *variable_, join_flags(flags));
    return Flow::next;
  }

private:
  void warn_of_invalid(Execution& execution, const std::vector<std::string>& lists) const {
    for (const auto& list : lists) {
      for (const auto flag : base::words(list)) {
        if (!is_flag(flag)) execution.warn(position, "`" + std::string(flag) + "' is no IMAP flag: ignored");
      }
    }
  }

  Change how_;
  std::optional<VariableTarget> variable_; // none: the internal one
  TextList lists_;
};

std::unique_ptr<Command> compile_change(Change how, Compiler& compiler, Arguments& arguments) {
  if (!may_name_flag_variable(compiler, arguments)) return nullptr;
  std::optional<VariableTarget> target;
  if (arguments.has(0)) {
    target = bind_variable(compiler, arguments.position(0), arguments.string(0).literal());
    if (!target) return nullptr;
  }
  return std::make_unique<FlagCommand>(how, std::move(target), arguments.strings(1));
}

} // namespace

std::unique_ptr<Command> compile_setflag(Compiler& compiler, Arguments& arguments) {
  return compile_change(Change::set, compiler, arguments);
}
std::unique_ptr<Command> compile_addflag(Compiler& compiler, Arguments& arguments) {
  return compile_change(Change::add, compiler, arguments);
}
std::unique_ptr<Command> compile_removeflag(Compiler& compiler, Arguments& arguments) {
  return compile_change(Change::remove, compiler, arguments);
}

bool may_name_flag_variable(Compiler& compiler, const Arguments& arguments) {
  if (!arguments.has(0) || compiler.active("variables")) return true;
  compiler.error(arguments.position(0), "naming a variable here wants require \"variables\"");
  return false;
}

void put_flags_in_force(MessageState& state, Flags& flags) { flags = internal_flags(state); }

} // namespace sieve
