// SPDX-License-Identifier: MIT
#include "tracee.h"

#include <cstdio>
#include <cstring>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <unistd.h>

namespace fault {

SystemCall current_call(pid_t pid) {
  __ptrace_syscall_info info{};
  ptrace(PTRACE_GET_SYSCALL_INFO, pid, sizeof info, &info);
  SystemCall call;
  call.entry = info.op == PTRACE_SYSCALL_INFO_ENTRY;
  if (!call.entry) {
    call.result = info.exit.rval;
    return call;
  }
  call.number = static_cast<long>(info.entry.nr);
  std::memcpy(call.args, info.entry.args, sizeof call.args);
  return call;
}

#ifdef __x86_64__

bool supported() { return true; }

void skip_call(pid_t pid) {
  user_regs_struct registers{};
  ptrace(PTRACE_GETREGS, pid, 0, &registers);
  registers.orig_rax = SYS_getpid;
  ptrace(PTRACE_SETREGS, pid, 0, &registers);
}

void set_result(pid_t pid, long result) {
  user_regs_struct registers{};
  ptrace(PTRACE_GETREGS, pid, 0, &registers);
  registers.rax = static_cast<unsigned long>(result);
  ptrace(PTRACE_SETREGS, pid, 0, &registers);
}

#else

bool supported() { return false; }
void skip_call(pid_t) {}
void set_result(pid_t, long) {}

#endif

std::string text_at(pid_t pid, std::uint64_t address) {
  char text[512] = {};
  const std::size_t page_left = 4096 - address % 4096; // what lies behind may not be mapped
  iovec local{text, std::min(sizeof text - 1, page_left)};
  iovec remote{reinterpret_cast<void*>(address), local.iov_len};
  if (process_vm_readv(pid, &local, 1, &remote, 1, 0) < 0) return {};
  return text;
}

std::string file_of(pid_t pid, int fd) {
  char link[64];
  char target[512];
  snprintf(link, sizeof link, "/proc/%d/fd/%d", pid, fd);
  const auto length = readlink(link, target, sizeof target);
  return length < 0 ? std::string() : std::string(target, static_cast<std::size_t>(length));
}

std::string path_at(pid_t pid, std::uint64_t directory, std::uint64_t address) {
  const std::string text = text_at(pid, address);
  const int fd = static_cast<int>(directory);
  return text.starts_with('/') || fd < 0 ? text : file_of(pid, fd) + "/" + text;
}

char state_of(pid_t pid) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/stat", pid);
  std::FILE* const file = std::fopen(path, "re");
  if (file == nullptr) return 0;
  char text[256] = {};
  const std::size_t length = std::fread(text, 1, sizeof text - 1, file);
  std::fclose(file);
  const char* const name_end = length > 0 ? std::strrchr(text, ')') : nullptr;
  return name_end != nullptr && name_end[1] == ' ' ? name_end[2] : '\0';
}

} // namespace fault
