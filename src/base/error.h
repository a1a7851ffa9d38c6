// SPDX-License-Identifier: MIT
// errno as an exception: what a system call could not do, with the name of what it was done to.
#pragma once

#include <string>

namespace base {

/// Throws std::system_error for the current errno; `what` names the call and its object ("open /x/y").
[[noreturn]] void throw_errno(const std::string& what);
[[noreturn]] void throw_errno(int error, const std::string& what);

} // namespace base
