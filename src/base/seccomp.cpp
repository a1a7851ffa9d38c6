// SPDX-License-Identifier: MIT
// The filter is a table of bits and some instructions of classic BPF, made by the compiler: it is loaded for
// each delivery, and what the kernel makes of it takes longer the longer it is. A library's takes longer than
// the delivery.
#include "base/seccomp.h"

#include "base/error.h"
#include "base/sanitizer.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <span>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

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
    SYS_mmap, SYS_munmap, SYS_mprotect, SYS_mremap, SYS_madvise, SYS_brk, SYS_readv, SYS_writev, SYS_recvmsg, SYS_pread64,
    SYS_pwrite64, SYS_fdatasync, SYS_ftruncate, SYS_fallocate, SYS_fadvise64, SYS_flock,
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
constexpr std::uint32_t set_id = S_ISUID | S_ISGID;

constexpr std::uint32_t error(int number) {
  return SECCOMP_RET_ERRNO | (static_cast<std::uint32_t>(number) & SECCOMP_RET_DATA);
}

constexpr std::size_t low_half(unsigned argument) { // of a little-endian machine
  return offsetof(seccomp_data, args) + argument * sizeof(std::uint64_t);
}

/// A set of calls as bits, 32 to a word.
struct Bits {
  static constexpr std::size_t count = 16;
  std::array<std::uint32_t, count> words = {};

  template <std::size_t Size>
  constexpr explicit Bits(const std::uint32_t (&calls)[Size]) {
    for (const auto call : calls) words.at(call / 32) |= std::uint32_t{1} << call % 32;
  }
};

/// Written from its end to its beginning: jumps lead forward only, so that what they lead to is there.
class Program {
public:
  constexpr Program();
  constexpr std::span<const sock_filter> code() const { return std::span(code_).subspan(begin_); }

private:
  using Place = std::size_t;

  /// In front of what is there. Conditional jumps lead to the two places.
  constexpr Place put(unsigned code, std::size_t value, Place if_true, Place if_false) {
    const auto distance = [&](Place to) { return static_cast<std::uint8_t>(to - begin_); };
    const sock_filter instruction{static_cast<std::uint16_t>(code), distance(if_true), distance(if_false),
                                  static_cast<std::uint32_t>(value)};
    code_.at(--begin_) = instruction;
    return begin_;
  }
  constexpr Place put(unsigned code, std::size_t value) { return put(code, value, begin_, begin_); }
  constexpr Place put_load(std::size_t offset) { return put(BPF_LD | BPF_W | BPF_ABS, offset); }
  constexpr Place put_answer(std::uint32_t action) { return put(BPF_RET | BPF_K, action); }
  constexpr Place put_if_equal(std::size_t value, Place yes, Place no) {
    return put(BPF_JMP | BPF_JEQ | BPF_K, value, yes, no);
  }

  /// Is the call's bit set? The index register holds the bit's number.
  constexpr Place put_if_bit(std::uint32_t word, Place yes, Place no) {
    put(BPF_JMP | BPF_JSET | BPF_K, 1, yes, no);
    put(BPF_ALU | BPF_RSH | BPF_X, 0);
    return put(BPF_LD | BPF_IMM, word);
  }

  constexpr Place put_word(std::size_t word);
  constexpr Place put_words(std::size_t first, std::size_t last);
  constexpr Place put_if_common(unsigned argument, std::uint32_t mask, Place yes, Place no);
  constexpr Place put_if_value(unsigned argument, std::uint32_t value, Place yes, Place no);
  constexpr void put_judged(Place others);

  std::array<sock_filter, 256> code_ = {}; // as far as a conditional jump reaches
  Place begin_ = code_.size();
  Place allow_ = put_answer(SECCOMP_RET_ALLOW);
  Place kill_ = put_answer(SECCOMP_RET_KILL_PROCESS);
  Place unknown_ = put_answer(error(ENOSYS));
  Place refuse_ = put_answer(error(EPERM));
};

constexpr Program::Place Program::put_word(std::size_t word) {
  constexpr Bits allow(allowed);
  constexpr Bits kill(deadly);
  const Place others = kill.words[word] != 0 ? put_if_bit(kill.words[word], kill_, unknown_) : unknown_;
  return allow.words[word] != 0 ? put_if_bit(allow.words[word], allow_, others) : others;
}

/// By binary search, from the call's number.
constexpr Program::Place Program::put_words(std::size_t first, std::size_t last) {
  if (last - first == 1) return put_word(first);
  const std::size_t middle = (first + last) / 2;
  const Place upper = put_words(middle, last);
  const Place lower = put_words(first, middle);
  return upper == lower ? upper : put(BPF_JMP | BPF_JGE | BPF_K, 32 * middle, upper, lower);
}

constexpr Program::Place Program::put_if_common(unsigned argument, std::uint32_t mask, Place yes, Place no) {
  put(BPF_JMP | BPF_JSET | BPF_K, mask, yes, no);
  return put_load(low_half(argument));
}

constexpr Program::Place Program::put_if_value(unsigned argument, std::uint32_t value, Place yes, Place no) {
  put_if_equal(0, yes, no);
  const Place high = put_load(low_half(argument) + sizeof(std::uint32_t));
  put_if_equal(value, high, no);
  return put_load(low_half(argument));
}

/// Calls that are allowed by their arguments.
constexpr void Program::put_judged(Place others) {
  const Place of_openat = put_if_common(3, set_id, refuse_, allow_);
  const Place of_sendto = put_if_value(4, 0, allow_, refuse_);       // syslog(3), connected already
  const Place of_tgkill = put_if_value(0, own_pid, allow_, refuse_); // abort(3)
  const Place of_prlimit = put_if_value(2, 0, allow_, refuse_);      // to ask, not to set
#ifdef SYS_open
  others = put_if_equal(SYS_open, put_if_common(2, set_id, refuse_, allow_), others);
#endif
  others = put_if_equal(SYS_prlimit64, of_prlimit, others);
  others = put_if_equal(SYS_tgkill, of_tgkill, others);
  others = put_if_equal(SYS_sendto, of_sendto, others);
  put_if_equal(SYS_openat, of_openat, others);
}

constexpr Program::Program() {
  const Place words = put_words(0, Bits::count);
  put_judged(put(BPF_JMP | BPF_JGE | BPF_K, 32 * Bits::count, unknown_, words));
  put_load(offsetof(seccomp_data, nr));
  put(BPF_MISC | BPF_TAX, 0);
  put(BPF_ALU | BPF_AND | BPF_K, 31);
  const Place known = put_load(offsetof(seccomp_data, nr));
  put_if_equal(LASTMILE_AUDIT_ARCH, known, kill_);
  put_load(offsetof(seccomp_data, arch));
}

constexpr Program filter;

} // namespace

bool has_seccomp() {
  static const bool has = [] {
    const std::uint32_t action = SECCOMP_RET_KILL_PROCESS;
    return ::syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
  }();
  return has;
}

void restrict_system_calls() {
  if (!has_seccomp()) return;
  std::array<sock_filter, filter.code().size()> program;
  std::copy(filter.code().begin(), filter.code().end(), program.begin());
  for (auto& instruction : program)
    if (instruction.k == own_pid) instruction.k = static_cast<std::uint32_t>(::getpid());
  const sock_fprog to_load{static_cast<unsigned short>(program.size()), program.data()};
  if (::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &to_load) != 0) throw_errno("seccomp");
}

} // namespace base

#else

namespace base {

bool has_seccomp() { return false; }
void restrict_system_calls() {}

} // namespace base

#endif
