// SPDX-License-Identifier: MIT
#include "base/fcntl_lock.h"

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

namespace base {

/// Open-file locks where the kernel has them: a classic lock would be lost as soon as any descriptor of the
/// process on that file is closed. Both kinds exclude each other, and on NFS both reach the server.
int set_fcntl_lock(int fd, short type, off_t start, off_t length) {
  struct flock lock {};
  lock.l_type = type;
  lock.l_whence = SEEK_SET;
  lock.l_start = start;
  lock.l_len = length;
#ifdef F_OFD_SETLK
  if (fcntl(fd, F_OFD_SETLK, &lock) == 0) return 0;
  if (errno != EINVAL) return -1;
#endif
  return fcntl(fd, F_SETLK, &lock);
}

bool is_lock_contention(int error) { return error == EAGAIN || error == EACCES || error == EINTR; }

} // namespace base
