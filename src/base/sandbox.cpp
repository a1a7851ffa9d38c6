// SPDX-License-Identifier: MIT
// Landlock has no wrapper in libc, and its header is often older than the kernel: numbers and structures are
// those of the kernel's user API, which never change.
#include "base/sandbox.h"

#include "base/error.h"
#include "base/file.h"
#include "base/seccomp.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef SYS_landlock_create_ruleset // the same on every architecture
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_add_rule 445
#define SYS_landlock_restrict_self 446
#endif

namespace base {

namespace {

enum Right : std::uint64_t {
  execute = 1U << 0,
  write_file = 1U << 1,
  read_file = 1U << 2,
  read_dir = 1U << 3,
  remove_dir = 1U << 4,
  remove_file = 1U << 5,
  make_char = 1U << 6,
  make_dir = 1U << 7,
  make_reg = 1U << 8,
  make_sock = 1U << 9,
  make_fifo = 1U << 10,
  make_block = 1U << 11,
  make_sym = 1U << 12,
  refer = 1U << 13,     // ABI 2: link and rename from one directory into another
  truncate = 1U << 14,  // ABI 3
  ioctl_dev = 1U << 15, // ABI 5
};
constexpr std::uint64_t tcp = 3;    // ABI 4: bind and connect
constexpr std::uint64_t scopes = 3; // ABI 6: abstract Unix sockets, signals

struct RulesetAttributes {
  std::uint64_t handled_fs, handled_tcp, scoped;
};
struct __attribute__((packed)) PathRule {
  std::uint64_t allowed;
  std::int32_t parent;
};
constexpr int path_beneath = 1;
constexpr unsigned ask_version = 1;

/// A Maildir's files go from tmp/ to new/ by link(2), which no rule can allow before ABI 2.
constexpr long oldest_abi = 2;

/// 0: none, or an older one than we can use. The same for every process of this kernel.
long landlock_abi() {
  static const long abi = ::syscall(SYS_landlock_create_ruleset, nullptr, 0, ask_version);
  return abi >= oldest_abi ? abi : 0;
}

std::uint64_t all_rights(long abi) {
  std::uint64_t rights = refer | (refer - 1);
  if (abi >= 3) rights |= truncate;
  if (abi >= 5) rights |= ioctl_dev;
  return rights;
}

std::uint64_t rights_of(Access access) {
  constexpr std::uint64_t of_file = read_file | write_file | truncate;
  switch (access) {
  case Access::read: return read_file | read_dir;
  case Access::tree: return of_file | read_dir | remove_dir | remove_file | make_dir | make_reg | refer;
  case Access::file: return of_file;
  case Access::lock_files: return write_file | truncate | read_dir | make_reg | remove_file;
  }
  return 0;
}

Fd create_rules() {
  const long abi = landlock_abi();
  if (abi == 0) return {};
  RulesetAttributes attributes{all_rights(abi), abi >= 4 ? tcp : 0, abi >= 6 ? scopes : 0};
  Fd rules(static_cast<int>(::syscall(SYS_landlock_create_ruleset, &attributes, sizeof attributes, 0)));
  if (!rules) throw_errno("landlock_create_ruleset");
  return rules;
}

} // namespace

Sandbox::Sandbox() : rules_(create_rules()) {}

void Sandbox::allow(const std::string& path, Access access) const {
  if (!rules_) return;
  const int directory = access == Access::tree ? O_DIRECTORY : 0;
  const Fd file(::open(path.c_str(), O_PATH | O_CLOEXEC | directory));
  if (file) allow(file, access);
}

void Sandbox::allow(const Fd& file, Access access) const {
  if (!rules_) return;
  PathRule rule{rights_of(access) & all_rights(landlock_abi()), file.get()};
  if (access != Access::tree && !S_ISDIR(status_of(file.get()).st_mode))
    rule.allowed &= read_file | write_file | truncate;
  if (::syscall(SYS_landlock_add_rule, rules_.get(), path_beneath, &rule, 0) != 0)
    throw_errno("landlock_add_rule");
}

void Sandbox::enforce() const {
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1L, 0L, 0L, 0L) != 0) throw_errno("no_new_privs");
  if (rules_ && ::syscall(SYS_landlock_restrict_self, rules_.get(), 0) != 0)
    throw_errno("landlock_restrict_self");
  restrict_system_calls();
}

std::string Sandbox::missing() {
  std::string text;
  if (landlock_abi() == 0) text = "Landlock (Linux 5.19)";
  if (!has_seccomp()) text += (text.empty() ? "" : ", ") + std::string("seccomp");
  return text;
}

} // namespace base
