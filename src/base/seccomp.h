// SPDX-License-Identifier: MIT
// The system calls that a delivery makes. Others fail with ENOSYS, so that a libc that tries something new
// falls back; those that only an intruder makes kill the process.
#pragma once

namespace base {

/// Built for an architecture that we know, into a kernel that has it. A sanitizer's runtime needs more calls
/// than it would let through: no then. The first call asks the kernel, best before a fork.
bool has_seccomp();

/// For this thread and what it starts; needs no_new_privs. Does nothing without has_seccomp(). Throws
/// std::system_error.
void restrict_system_calls();

} // namespace base
