// SPDX-License-Identifier: MIT
// Advisory record locks, which reach other hosts on a cluster filesystem and end with their holder.
#pragma once

#include <sys/types.h>

namespace base {

/// One try to set (F_WRLCK) or give back (F_UNLCK) a lock on `length` octets of the file from `start`, none
/// of which need be there; length 0: to the end, wherever that will be. Where the kernel can, the lock is of
/// the open file and not of the process: one that is set again is set. -1 and errno as of fcntl(2).
int set_fcntl_lock(int fd, short type, off_t start = 0, off_t length = 0);

/// That error says that another has it.
bool is_lock_contention(int error);

} // namespace base
