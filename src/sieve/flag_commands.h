// SPDX-License-Identifier: MIT
// setflag, addflag and removeflag (RFC 5232 section 3), which imap4flags has and imapflags had before.
#pragma once

#include "sieve/spec.h"

namespace sieve {

std::unique_ptr<Command> compile_setflag(Compiler& compiler, Arguments& arguments);
std::unique_ptr<Command> compile_addflag(Compiler& compiler, Arguments& arguments);
std::unique_ptr<Command> compile_removeflag(Compiler& compiler, Arguments& arguments);

inline constexpr Type flag_variable_and_list[] = {Type::string, Type::strings};
inline constexpr CommandSpec setflag_spec = {
    .name = "setflag", .positionals = flag_variable_and_list, .optional = 1, .compile = compile_setflag};
inline constexpr CommandSpec addflag_spec = {
    .name = "addflag", .positionals = flag_variable_and_list, .optional = 1, .compile = compile_addflag};
inline constexpr CommandSpec removeflag_spec = {.name = "removeflag",
                                                .positionals = flag_variable_and_list,
                                                .optional = 1,
                                                .compile = compile_removeflag};

/// The optional first argument may only be used with the variables extension (RFC 5232 section 1): reports an
/// error otherwise.
bool may_name_flag_variable(Compiler& compiler, const Arguments& arguments);

/// For Extension::on_store.
void put_flags_in_force(MessageState& state, Flags& flags);

} // namespace sieve
