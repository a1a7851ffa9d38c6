// SPDX-License-Identifier: MIT
// Names of system calls, and which of them make no sense to fail.
#pragma once

#include <string>

namespace fault {

/// As strace(1) calls it; the number for one that is not in the table.
std::string call_name(long number);

/// The calls that have no error, those that never return to their caller among them: a process can be killed
/// at them.
bool never_fails(long number);

} // namespace fault
