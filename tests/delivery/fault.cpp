// SPDX-License-Identifier: MIT
#include "fault.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <functional>
#include <poll.h>
#include <string_view>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>
#include <vector>
#ifndef __THROW // what glibc says of those that are no points of cancellation
#define __THROW
#endif

namespace fault {

namespace {

struct Trap {
  pid_t process;
  Call call;
  unsigned left;
  int error; // 0: kill
  Moment moment;
};
std::vector<Trap> traps;

/// `act` is the call itself; `half` does half of it.
long run(Call call, const std::function<long()>& act, const std::function<long()>& half = {}) {
  const auto springs = [&](Trap& trap) {
    return trap.call == call && trap.process == getpid() && --trap.left == 0;
  };
  const auto sprung = std::find_if(traps.begin(), traps.end(), springs);
  if (sprung == traps.end()) return act();
  const auto [process, which, left, error, moment] = *sprung;
  traps.erase(sprung);
  if (moment == Moment::after) act();
  if (error != 0) {
    errno = error;
    return -1;
  }
  if (moment == Moment::half && half) half();
  raise(SIGKILL);
  return -1;
}

} // namespace

void fail(Call call, unsigned n, int error, Moment moment) {
  traps.push_back({getpid(), call, n, error, moment});
}
void kill_at(Call call, unsigned n, Moment moment) { traps.push_back({getpid(), call, n, 0, moment}); }
void disarm() { traps.clear(); }

} // namespace fault

extern "C" {

int linkat(int from, const char* old_name, int to, const char* new_name, int flags) __THROW {
  if (std::string_view(new_name) == ".") // a question that makes no link
    return static_cast<int>(syscall(SYS_linkat, from, old_name, to, new_name, flags));
  return static_cast<int>(fault::run(
      fault::Call::linkat, [&] { return syscall(SYS_linkat, from, old_name, to, new_name, flags); }));
}

int renameat(int from, const char* old_name, int to, const char* new_name) __THROW {
  return static_cast<int>(fault::run(
      fault::Call::renameat, [&] { return syscall(SYS_renameat2, from, old_name, to, new_name, 0); }));
}

int fstat(int fd, struct stat* status) __THROW {
  return static_cast<int>(
      fault::run(fault::Call::fstat, [&] { return ::fstatat(fd, "", status, AT_EMPTY_PATH); }));
}

ssize_t read(int fd, void* buffer, size_t size) {
  return fault::run(fault::Call::read, [&] { return syscall(SYS_read, fd, buffer, size); });
}

ssize_t write(int fd, const void* octets, size_t size) {
  return fault::run(fault::Call::write, [&] { return syscall(SYS_write, fd, octets, size); });
}

int poll(pollfd* entries, nfds_t count, int timeout) {
  timespec time{timeout / 1000, timeout % 1000 * 1000000};
  return static_cast<int>(fault::run(
      fault::Call::poll, [&] { return ::ppoll(entries, count, timeout < 0 ? nullptr : &time, nullptr); }));
}

pid_t waitpid(pid_t process, int* status, int options) {
  return static_cast<pid_t>(fault::run(
      fault::Call::waitpid, [&] { return syscall(SYS_wait4, process, status, options, nullptr); }));
}

int fsync(int fd) {
  return static_cast<int>(fault::run(fault::Call::fsync, [&] { return syscall(SYS_fsync, fd); }));
}

int unlinkat(int directory, const char* name, int flags) __THROW {
  return static_cast<int>(
      fault::run(fault::Call::unlinkat, [&] { return syscall(SYS_unlinkat, directory, name, flags); }));
}

int ftruncate(int fd, off_t size) __THROW {
  return static_cast<int>(fault::run(fault::Call::ftruncate,
                                     [&] { return syscall(SYS_ftruncate, fd, static_cast<long>(size)); }));
}

ssize_t writev(int fd, const iovec* pieces, int count) {
  return fault::run(
      fault::Call::writev, [&] { return syscall(SYS_writev, fd, pieces, count); },
      [&] { return syscall(SYS_write, fd, pieces[0].iov_base, pieces[0].iov_len / 2); });
}
}
