// SPDX-License-Identifier: MIT
// Lists of IMAP flags as scripts write them (RFC 5232 section 2).
#pragma once

#include "sieve/action.h"

#include <string>
#include <string_view>
#include <vector>

namespace sieve {

class Execution;
class MessageState;

/// A system flag that a script may set, or a keyword: an atom of RFC 3501.
bool is_flag(std::string_view text);

/// Adds the blank-separated flags of `text`; those there already (ASCII case ignored) and those that are no
/// flags are left out.
void add_flags(Flags& flags, std::string_view text);
void remove_flags(Flags& flags, std::string_view text);
std::string join_flags(const Flags& flags);

/// The internal variable: flags in force for stores that name none. Begins as the flags that the message has
/// (`initial_flags`), none for mail that arrives.
Flags& internal_flags(MessageState& state);

} // namespace sieve
