// SPDX-License-Identifier: MIT
#include "system_calls.h"

#include <sys/syscall.h>

namespace fault {

namespace {

struct Name {
  long number;
  const char* text;
};

#define CALL(name)                                                                                           \
  { SYS_##name, #name }

constexpr Name names[] = {
    CALL(brk),
    CALL(chdir),
    CALL(clock_nanosleep),
    CALL(clone),
    CALL(clone3),
    CALL(close),
    CALL(close_range),
    CALL(dup),
    CALL(dup3),
    CALL(execve),
    CALL(exit),
    CALL(exit_group),
    CALL(faccessat),
    CALL(faccessat2),
    CALL(fallocate),
    CALL(fchdir),
    CALL(fchmod),
    CALL(fchmodat),
    CALL(fchown),
    CALL(fcntl),
    CALL(fdatasync),
    CALL(flock),
    CALL(fstat),
    CALL(fsync),
    CALL(ftruncate),
    CALL(futex),
    CALL(getdents64),
    CALL(getegid),
    CALL(geteuid),
    CALL(getgid),
    CALL(getgroups),
    CALL(getpid),
    CALL(getppid),
    CALL(getrandom),
    CALL(getresgid),
    CALL(getresuid),
    CALL(getsockname),
    CALL(getuid),
    CALL(ioctl),
    CALL(kill),
    CALL(landlock_add_rule),
    CALL(landlock_create_ruleset),
    CALL(landlock_restrict_self),
    CALL(linkat),
    CALL(lseek),
    CALL(madvise),
    CALL(memfd_create),
    CALL(mkdirat),
    CALL(mmap),
    CALL(mprotect),
    CALL(mremap),
    CALL(munmap),
    CALL(newfstatat),
    CALL(openat),
    CALL(pidfd_open),
    CALL(pipe2),
    CALL(ppoll),
    CALL(prctl),
    CALL(pread64),
    CALL(prlimit64),
    CALL(pwrite64),
    CALL(read),
    CALL(readlinkat),
    CALL(recvmsg),
    CALL(renameat),
    CALL(renameat2),
    CALL(restart_syscall),
    CALL(rseq),
    CALL(rt_sigaction),
    CALL(rt_sigprocmask),
    CALL(rt_sigreturn),
    CALL(seccomp),
    CALL(sendmsg),
    CALL(sendto),
    CALL(setgid),
    CALL(setgroups),
    CALL(setpgid),
    CALL(setregid),
    CALL(setresgid),
    CALL(setresuid),
    CALL(setreuid),
    CALL(set_robust_list),
    CALL(setsid),
    CALL(socketpair),
    CALL(statfs),
    CALL(statx),
    CALL(sysinfo),
    CALL(umask),
    CALL(uname),
    CALL(unlinkat),
    CALL(utimensat),
    CALL(wait4),
    CALL(waitid),
    CALL(write),
    CALL(writev),
#ifdef SYS_open // the old names, which newer architectures never had
    CALL(access),
    CALL(dup2),
    CALL(fork),
    CALL(link),
    CALL(lstat),
    CALL(mkdir),
    CALL(open),
    CALL(pipe),
    CALL(poll),
    CALL(readlink),
    CALL(rename),
    CALL(rmdir),
    CALL(stat),
    CALL(time),
    CALL(unlink),
    CALL(vfork),
#endif
};

#undef CALL

} // namespace

std::string call_name(long number) {
  for (const auto& name : names)
    if (name.number == number) return name.text;
  return std::to_string(number);
}

bool never_fails(long number) {
  switch (number) {
  case SYS_exit:
  case SYS_exit_group:
  case SYS_rt_sigreturn:
  case SYS_restart_syscall:
  case SYS_getpid:
  case SYS_getppid:
  case SYS_getuid:
  case SYS_geteuid:
  case SYS_getgid:
  case SYS_getegid:
  case SYS_umask: return true;
  default: return false;
  }
}

} // namespace fault
