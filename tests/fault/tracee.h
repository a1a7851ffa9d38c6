// SPDX-License-Identifier: MIT
// One traced process, stopped: what it asks of the kernel, and how to make the kernel say something else.
#pragma once

#include <cstdint>
#include <string>
#include <sys/types.h>

namespace fault {

struct SystemCall {
  bool entry = false;
  long number = -1;        // at entry
  std::uint64_t args[6]{}; // at entry
  std::int64_t result = 0; // at exit
};

/// Can this machine's registers be written? The rest is the same everywhere.
bool supported();

/// Of a tracee in a stop of PTRACE_SYSCALL.
SystemCall current_call(pid_t pid);
/// At entry: the kernel does nothing (it is asked for the process's own id, which every filter allows).
void skip_call(pid_t pid);
/// At exit: what the process sees.
void set_result(pid_t pid, long result);

/// A path of the tracee's, for reports; empty if it is none.
std::string text_at(pid_t pid, std::uint64_t address);
/// The descriptor's file, as /proc has it.
std::string file_of(pid_t pid, int fd);
/// What the *at calls name: the text there, behind the directory's path if it is relative.
std::string path_at(pid_t pid, std::uint64_t directory, std::uint64_t address);
/// The state as proc(5) has it: 'S' waits for something in the kernel, 'D' for a disk or the child of a
/// vfork(2).
char state_of(pid_t pid);

} // namespace fault
