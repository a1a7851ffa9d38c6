// SPDX-License-Identifier: MIT
// The filter is a table and a few instructions of classic BPF: building it takes microseconds, where a
// library would take longer than the delivery.
#include "base/seccomp.h"

#include "base/error.h"
#include "base/sanitizer.h"

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <map>
#include <span>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <vector>

#if defined(__x86_64__) && defined(__LP64__)
#define LASTMILE_AUDIT_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__) && defined(__AARCH64EL__)
#define LASTMILE_AUDIT_ARCH AUDIT_ARCH_AARCH64
#elif defined(__riscv) && __riscv_xlen == 64
#define LASTMILE_AUDIT_ARCH AUDIT_ARCH_RISCV64
#elif defined(__powerpc64__) && defined(__LITTLE_ENDIAN__)
#define LASTMILE_AUDIT_ARCH AUDIT_ARCH_PPC64LE
#endif // 32-bit architectures have a second set of calls for times and offsets: without the filter there

#if defined(LASTMILE_AUDIT_ARCH) && !defined(LASTMILE_SANITIZED)

namespace base {

namespace {

// clang-format off
// What every one of those architectures has (the generic table of the kernel) needs no #ifdef.
constexpr std::uint32_t allowed[] = {
    SYS_read, SYS_write, SYS_close, SYS_fstat, SYS_lseek, SYS_fcntl, SYS_fsync, SYS_linkat, SYS_unlinkat,
    SYS_mmap, SYS_munmap, SYS_mprotect, SYS_mremap, SYS_madvise, SYS_brk, SYS_readv, SYS_writev, SYS_pread64,
    SYS_pwrite64, SYS_copy_file_range, SYS_fdatasync, SYS_ftruncate, SYS_fallocate, SYS_fadvise64, SYS_flock,
    SYS_faccessat, SYS_readlinkat, SYS_getdents64, SYS_mkdirat, SYS_utimensat, SYS_statfs, SYS_fstatfs,
    SYS_getcwd, SYS_dup, SYS_dup3, SYS_getpid, SYS_getppid, SYS_gettid, SYS_getuid, SYS_geteuid, SYS_getgid,
    SYS_getegid, SYS_getresuid, SYS_getresgid, SYS_getgroups, SYS_umask, SYS_uname, SYS_sysinfo,
    // mail-group: only between the groups that the process has
    SYS_setresgid, SYS_clock_gettime, SYS_clock_nanosleep, SYS_nanosleep, SYS_gettimeofday, SYS_times,
    SYS_getrusage, SYS_getrandom, SYS_futex, SYS_sched_yield, SYS_sched_getaffinity, SYS_ppoll,
    SYS_rt_sigaction, SYS_rt_sigprocmask, SYS_rt_sigreturn, SYS_sigaltstack, SYS_restart_syscall, SYS_exit,
    SYS_exit_group,
#ifdef SYS_newfstatat
    SYS_newfstatat,
#endif
#ifdef SYS_statx
    SYS_statx,
#endif
#ifdef SYS_faccessat2
    SYS_faccessat2,
#endif
#ifdef SYS_renameat
    SYS_renameat,
#endif
#ifdef SYS_renameat2
    SYS_renameat2,
#endif
#ifdef SYS_close_range
    SYS_close_range,
#endif
#ifdef SYS_open // the old calls: x86 and PowerPC
    SYS_stat, SYS_lstat, SYS_access, SYS_poll, SYS_rename, SYS_mkdir, SYS_rmdir, SYS_link, SYS_unlink,
    SYS_readlink, SYS_dup2, SYS_time,
#endif
};

// Nobody calls these by mistake.
constexpr std::uint32_t deadly[] = {
    SYS_execve, SYS_execveat, SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev, SYS_setuid,
    SYS_setreuid, SYS_setresuid, SYS_setfsuid, SYS_setns, SYS_unshare, SYS_mount, SYS_umount2, SYS_pivot_root,
    SYS_chroot, SYS_bpf, SYS_perf_event_open, SYS_add_key, SYS_request_key, SYS_keyctl, SYS_init_module,
    SYS_finit_module, SYS_delete_module, SYS_kexec_load, SYS_open_by_handle_at, SYS_userfaultfd,
    SYS_personality, SYS_reboot, SYS_swapon, SYS_acct, SYS_quotactl,
#ifdef SYS_io_uring_setup
    SYS_io_uring_setup, SYS_io_uring_enter, SYS_io_uring_register,
#endif
#ifdef SYS_open_tree
    SYS_open_tree, SYS_move_mount, SYS_fsopen, SYS_fsconfig, SYS_fsmount,
#endif
#ifdef SYS_pidfd_getfd
    SYS_pidfd_getfd,
#endif
};

// clang-format on
constexpr std::uint32_t own_pid = 0x7fffffff; // stands for it until the filter is loaded

using Program = std::vector<sock_filter>;

void add(Program& program, unsigned code, std::uint32_t value, std::size_t if_true = 0,
         std::size_t if_false = 0) {
  program.push_back({static_cast<std::uint16_t>(code), static_cast<std::uint8_t>(if_true),
                     static_cast<std::uint8_t>(if_false), value});
}

void load(Program& program, std::size_t offset) {
  add(program, BPF_LD | BPF_W | BPF_ABS, static_cast<std::uint32_t>(offset));
}

void answer(Program& program, std::uint32_t action) { add(program, BPF_RET | BPF_K, action); }

constexpr std::uint32_t error(int number) {
  return SECCOMP_RET_ERRNO | (static_cast<std::uint32_t>(number) & SECCOMP_RET_DATA);
}

constexpr std::size_t low_half(unsigned argument) { // of a little-endian machine
  return offsetof(seccomp_data, args) + argument * sizeof(std::uint64_t);
}

/// Allowed if the argument and the mask have nothing in common, else EPERM.
Program judge_bits(unsigned argument, std::uint32_t mask) {
  Program program;
  load(program, low_half(argument));
  add(program, BPF_JMP | BPF_JSET | BPF_K, mask, 0, 1);
  answer(program, error(EPERM));
  answer(program, SECCOMP_RET_ALLOW);
  return program;
}

/// Allowed if the argument is this value, else EPERM.
Program judge_value(unsigned argument, std::uint32_t value) {
  Program program;
  load(program, low_half(argument));
  add(program, BPF_JMP | BPF_JEQ | BPF_K, value, 0, 3);
  load(program, low_half(argument) + sizeof(std::uint32_t));
  add(program, BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 1);
  answer(program, SECCOMP_RET_ALLOW);
  answer(program, error(EPERM));
  return program;
}

Program verdict(std::uint32_t action) {
  Program program;
  answer(program, action);
  return program;
}

/// What is done with the calls from this number up to that of the next.
struct Range {
  std::uint32_t first;
  Program program;
};

std::vector<Range> ranges() {
  std::map<std::uint32_t, Program> calls;
  for (const auto call : allowed) calls[call] = verdict(SECCOMP_RET_ALLOW);
  for (const auto call : deadly) calls[call] = verdict(SECCOMP_RET_KILL_PROCESS);
  constexpr std::uint32_t set_id = S_ISUID | S_ISGID;
  calls[SYS_openat] = judge_bits(3, set_id);
#ifdef SYS_open
  calls[SYS_open] = judge_bits(2, set_id);
#endif
  calls[SYS_sendto] = judge_value(4, 0);       // syslog(3) over the socket that is connected already
  calls[SYS_tgkill] = judge_value(0, own_pid); // abort(3)
  calls[SYS_prlimit64] = judge_value(2, 0);    // to ask, not to set
  std::vector<Range> result{{0, verdict(error(ENOSYS))}};
  const auto begin = [&](std::uint32_t first, const Program& program) {
    if (result.back().first == first) result.pop_back();
    const bool same = !result.empty() && result.back().program.size() == 1 && program.size() == 1 &&
                      result.back().program[0].k == program[0].k;
    if (!same) result.push_back({first, program});
  };
  for (const auto& [call, program] : calls) {
    begin(call, program);
    begin(call + 1, verdict(error(ENOSYS)));
  }
  return result;
}

/// A binary search: the kernel runs the filter once for every number when it is loaded, and a chain of a
/// hundred comparisons makes that cost more than the delivery.
Program search(std::span<const Range> among) {
  if (among.size() == 1) return among[0].program;
  const std::size_t middle = among.size() / 2;
  const Program lower = search(among.first(middle));
  const Program upper = search(among.subspan(middle));
  Program program;
  if (lower.size() < 256) {
    add(program, BPF_JMP | BPF_JGE | BPF_K, among[middle].first, lower.size(), 0);
  } else { // conditional jumps reach 255 instructions
    add(program, BPF_JMP | BPF_JGE | BPF_K, among[middle].first, 0, 1);
    add(program, BPF_JMP | BPF_JA, static_cast<std::uint32_t>(lower.size()));
  }
  program.insert(program.end(), lower.begin(), lower.end());
  program.insert(program.end(), upper.begin(), upper.end());
  return program;
}

Program build() {
  Program program;
  load(program, offsetof(seccomp_data, arch));
  add(program, BPF_JMP | BPF_JEQ | BPF_K, LASTMILE_AUDIT_ARCH, 1, 0);
  answer(program, SECCOMP_RET_KILL_PROCESS);
  load(program, offsetof(seccomp_data, nr));
  const Program decision = search(ranges());
  program.insert(program.end(), decision.begin(), decision.end());
  return program;
}

/// Built once, before the fork: it takes as long as loading it.
const Program& built() {
  static const Program program = build();
  return program;
}

} // namespace

bool has_seccomp() {
  static const bool has = [] {
    const std::uint32_t action = SECCOMP_RET_KILL_PROCESS;
    return ::syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0 && !built().empty();
  }();
  return has;
}

void restrict_system_calls() {
  if (!has_seccomp()) return;
  Program program = built();
  for (auto& instruction : program)
    if (instruction.k == own_pid) instruction.k = static_cast<std::uint32_t>(::getpid());
  const sock_fprog filter{static_cast<unsigned short>(program.size()), program.data()};
  if (::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &filter) != 0) throw_errno("seccomp");
}

} // namespace base

#else

namespace base {

bool has_seccomp() { return false; }
void restrict_system_calls() {}

} // namespace base

#endif
