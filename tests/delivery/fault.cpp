// SPDX-License-Identifier: MIT
#include "fault.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <functional>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>
#include <vector>

namespace fault {

namespace {

struct Trap {
  Call call;
  unsigned left;
  int error; // 0: kill
  Moment moment;
};
std::vector<Trap> traps;

/// `act` is the call itself; `half` does half of it.
long run(Call call, const std::function<long()>& act, const std::function<long()>& half = {}) {
  const auto sprung = std::find_if(traps.begin(), traps.end(),
                                   [&](Trap& trap) { return trap.call == call && --trap.left == 0; });
  if (sprung == traps.end()) return act();
  const auto [which, left, error, moment] = *sprung;
  traps.erase(sprung);
  if (error != 0) {
    errno = error;
    return -1;
  }
  if (moment == Moment::after) act();
  if (moment == Moment::half && half) half();
  raise(SIGKILL);
  return -1;
}

} // namespace

void fail(Call call, unsigned n, int error) { traps.push_back({call, n, error, Moment::before}); }
void kill_at(Call call, unsigned n, Moment moment) { traps.push_back({call, n, 0, moment}); }
void disarm() { traps.clear(); }

} // namespace fault

extern "C" {

int linkat(int from, const char* old_name, int to, const char* new_name, int flags) noexcept {
  return static_cast<int>(fault::run(
      fault::Call::linkat, [&] { return syscall(SYS_linkat, from, old_name, to, new_name, flags); }));
}

int fsync(int fd) {
  return static_cast<int>(fault::run(fault::Call::fsync, [&] { return syscall(SYS_fsync, fd); }));
}

int unlinkat(int directory, const char* name, int flags) noexcept {
  return static_cast<int>(
      fault::run(fault::Call::unlinkat, [&] { return syscall(SYS_unlinkat, directory, name, flags); }));
}

int ftruncate(int fd, off_t size) noexcept {
  return static_cast<int>(
      fault::run(fault::Call::ftruncate, [&] { return syscall(SYS_ftruncate, fd, size); }));
}

ssize_t writev(int fd, const iovec* pieces, int count) {
  return fault::run(
      fault::Call::writev, [&] { return syscall(SYS_writev, fd, pieces, count); },
      [&] { return syscall(SYS_write, fd, pieces[0].iov_base, pieces[0].iov_len / 2); });
}
}
