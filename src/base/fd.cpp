// SPDX-License-Identifier: MIT
#include "base/fd.h"

#include "base/error.h"

#include <cerrno>
#include <unistd.h>

namespace base {

Fd::~Fd() {
  if (fd_ >= 0) ::close(fd_);
}

void Fd::close() {
  const int fd = release();
  // After EINTR Linux has released the descriptor all the same: closing again could hit another one.
  if (fd >= 0 && ::close(fd) != 0 && errno != EINTR) throw_errno("close");
}

} // namespace base
