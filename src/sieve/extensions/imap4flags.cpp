// SPDX-License-Identifier: MIT
// imap4flags (RFC 5232): complete. setflag, addflag, removeflag, hasflag, and :flags for keep and fileinto.
#include "base/ascii.h"
#include "sieve/compiler.h"
#include "sieve/execution.h"
#include "sieve/flag_commands.h"
#include "sieve/flags.h"
#include "sieve/match.h"
#include "sieve/variables.h"

#include <algorithm>
#include <optional>

namespace sieve {

namespace {

class HasFlagTest final : public Test {
public:
  HasFlagTest(std::optional<TextList> variables, Match match, TextList keys)
      : variables_(std::move(variables)), match_(std::move(match)), keys_(std::move(keys)) {}

  bool test(Execution& execution) const override {
    ValueList values;
    if (variables_) {
      for (const auto& variable : values_of(*variables_, execution)) {
        Flags flags;
        add_flags(flags, read_variable(execution, variable));
        for (auto& flag : flags) values.add(std::move(flag));
      }
    } else {
      for (const auto& flag : internal_flags(execution.state())) values.add(flag);
    }
    // A key that lists several flags stands for each of them (section 2).
    const ValueList lists = value_list(keys_, execution);
    std::vector<std::string_view> keys;
    for (const auto list : lists.items()) {
      for (const auto key : base::words(list)) keys.push_back(key);
    }
    execution.compared(values, keys);
    return match_.type->match(execution, match_, values, keys);
  }

private:
  std::optional<TextList> variables_;
  Match match_;
  TextList keys_;
};

/// Could they be? What is computed shows that only when the script runs.
bool are_variables(Compiler& compiler, const TextList& names) {
  return std::all_of(names.begin(), names.end(), [&](const Text& name) {
    return !name.constant() || check_variable_name(compiler, name.position, name.literal());
  });
}

std::unique_ptr<Test> compile_hasflag(Compiler& compiler, Arguments& arguments) {
  if (!may_name_flag_variable(compiler, arguments)) return nullptr;
  auto match = bind_match(compiler, arguments, arguments.strings(1));
  std::optional<TextList> variables;
  if (arguments.has(0)) {
    variables = arguments.strings(0);
    if (!are_variables(compiler, *variables)) return nullptr;
  }
  return std::make_unique<HasFlagTest>(std::move(variables), std::move(match), arguments.strings(1));
}

void set_action_flags(Execution& execution, const TagUse& tag, Action& action) {
  Flags flags;
  for (const auto& list : values_of(tag.strings, execution)) add_flags(flags, list);
  if (auto* keep = std::get_if<Keep>(&action.what)) keep->flags = std::move(flags);
  if (auto* store = std::get_if<FileInto>(&action.what)) store->flags = std::move(flags);
}

constexpr Type variables_and_list[] = {Type::strings, Type::strings};

constexpr CommandSpec commands[] = {setflag_spec, addflag_spec, removeflag_spec};
constexpr TestSpec tests[] = {{.name = "hasflag",
                               .positionals = variables_and_list,
                               .optional = 1,
                               .groups = matching_groups,
                               .compile = compile_hasflag}};
constexpr TagSpec tags[] = {{.name = "flags",
                             .parameter = Type::strings,
                             .commands = "keep fileinto",
                             .on_action = set_action_flags}};

} // namespace

extern const Extension imap4flags_extension;
constinit const Extension imap4flags_extension = {.name = "imap4flags",
                                                  .rfc = "5232",
                                                  .commands = commands,
                                                  .tests = tests,
                                                  .tags = tags,
                                                  .on_store = put_flags_in_force};

} // namespace sieve
