// SPDX-License-Identifier: MIT
// What a child could do whose parsers were taken over: the evaluator is the intruder, behind all that a
// delivery does to confine itself. As root the recipient is another user, else the one who runs the tests.
#include "base/process.h"
#include "base/sandbox.h"
#include "base/seccomp.h"
#include "delivery/agent.h"
#include "fixture.h"
#include "support/catch.h"

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>

using namespace delivery;
using namespace fixture;

namespace {

using Attempt = std::function<bool()>; // true: it succeeded

/// Bob's and eve's homes belong to the same user, as those of virtual users do: nothing but the confinement
/// keeps one from the other.
struct World {
  Directory directory;
  Settings settings;
  mail::Envelope envelope;
  base::Spool spool;

  World() {
    settings.hostname = "mx.example";
    settings.users = {UsersKind::passwd, directory / "users"};
    settings.limits.deadline = std::chrono::seconds(20);
    std::string users;
    for (const auto* name : {"bob", "eve"}) {
      const auto home = directory / name;
      for (const auto& path : {home, home + "/Maildir", home + "/Maildir/new"}) give(path);
      users += std::string(name) + "::" + std::to_string(user_id()) + ":" + std::to_string(group_id()) +
               "::" + home + ":\n";
      write(home + "/.bashrc", "mine");
      REQUIRE(chown((home + "/.bashrc").c_str(), user_id(), group_id()) == 0);
      write(home + "/Maildir/new/1", "secret");
      REQUIRE(chown((home + "/Maildir/new/1").c_str(), user_id(), group_id()) == 0);
    }
    write(directory / "users", users);
    envelope.reverse_path = {"alice", "example.org"};
    envelope.recipients.emplace_back();
    envelope.recipients.back().address = {"bob", "example.com"};
    spool.append(message);
    spool.finish();
  }

  static void give(const std::string& path) {
    mkdir(path.c_str(), 0700);
    REQUIRE(chown(path.c_str(), user_id(), group_id()) == 0);
  }

  /// How it went: "refused", "done", or "died" when the kernel killed the intruder.
  std::string result_of(const Attempt& attempt) {
    int ends[2];
    REQUIRE(pipe(ends) == 0);
    Agent agent(settings, [&](const Settings&, const Account&, const sieve::Host&, const sieve::Input&) {
      const bool done = attempt();
      (void)!::write(ends[1], done ? "D" : "R", 1);
      _exit(0);
      return sieve::Outcome();
    });
    agent.deliver(envelope, spool, [](const mail::Reply&) { return true; });
    close(ends[1]);
    char word = 0;
    const auto got = ::read(ends[0], &word, 1);
    close(ends[0]);
    return got != 1 ? "died" : word == 'D' ? "done" : "refused";
  }
};

bool opens(const std::string& path, int flags) { return open(path.c_str(), flags, 0600) >= 0; }

bool connects(int domain, int type, const sockaddr* address, socklen_t size) {
  const int fd = socket(domain, type, 0);
  return fd >= 0 && (size == 0 || connect(fd, address, size) == 0);
}

bool calls(long number, long a = 0, long b = 0, long c = 0) { return syscall(number, a, b, c) >= 0; }

bool can(bool has, const char* what) {
  if (!has) WARN("skipped: this kernel or build has no " << what);
  return has;
}

bool has_landlock() {
  return can(base::Sandbox::missing().find("Landlock") == std::string::npos, "Landlock");
}
bool has_filter() { return can(base::has_seccomp(), "seccomp filter"); }

} // namespace

TEST_CASE("escape: the intruder can do what a delivery does") {
  World world;
  CHECK(world.result_of([&] { return opens(world.directory / "bob/Maildir/new/1", O_RDWR); }) == "done");
  CHECK(world.result_of([&] { return opens(world.directory / "bob/Maildir/tmp/x", O_WRONLY | O_CREAT); }) ==
        "done");
  world.settings.sandbox = false; // else what follows would prove nothing
  CHECK(world.result_of([&] { return opens(world.directory / "eve/Maildir/new/1", O_RDONLY); }) == "done");
  CHECK(world.result_of([&] { return connects(AF_INET, SOCK_STREAM, nullptr, 0); }) == "done");
}

TEST_CASE("escape: files of others and of the user") {
  if (!has_landlock()) return;
  World world;
  const auto at = [&](const char* path) { return world.directory / path; };
  const std::vector<std::pair<const char*, Attempt>> attempts = {
      {"read another's mail", [&] { return opens(at("eve/Maildir/new/1"), O_RDONLY); }},
      {"list another's mail", [&] { return opens(at("eve/Maildir/new"), O_RDONLY | O_DIRECTORY); }},
      {"write another's mail", [&] { return opens(at("eve/Maildir/new/1"), O_WRONLY); }},
      {"make a file there", [&] { return opens(at("eve/Maildir/new/2"), O_WRONLY | O_CREAT | O_EXCL); }},
      {"remove it", [&] { return unlink(at("eve/Maildir/new/1").c_str()) == 0; }},
      {"link it here",
       [&] { return link(at("eve/Maildir/new/1").c_str(), at("bob/Maildir/new/x").c_str()) == 0; }},
      {"rename it here",
       [&] { return rename(at("eve/Maildir/new/1").c_str(), at("bob/Maildir/new/x").c_str()) == 0; }},
      {"through a link",
       [&] {
         return symlink(at("eve").c_str(), at("bob/Maildir/eve").c_str()) == 0 ||
                opens(at("bob/Maildir/eve/Maildir/new/1"), O_RDONLY);
       }},
      {"through ..", [&] { return opens(at("bob/Maildir/../../eve/Maildir/new/1"), O_RDONLY); }},
      {"the user's other files", [&] { return opens(at("bob/.bashrc"), O_WRONLY); }},
      {"put one in their place",
       [&] { return rename(at("bob/Maildir/new/1").c_str(), at("bob/.bashrc").c_str()) == 0; }},
      {"a script", [&] { return opens(at("bob/.sieve"), O_WRONLY | O_CREAT); }},
      {"truncate", [&] { return truncate(at("eve/Maildir/new/1").c_str(), 0) == 0; }},
      {"/tmp", [&] { return opens("/tmp/lastmile-escape", O_WRONLY | O_CREAT | O_EXCL); }},
      {"/etc/passwd", [&] { return opens("/etc/passwd", O_RDONLY); }},
      {"/proc/1/mem", [&] { return opens("/proc/1/mem", O_RDWR); }},
      {"own memory", [&] { return opens("/proc/self/mem", O_RDWR); }},
      {"a FIFO", [&] { return mkfifo(at("bob/Maildir/fifo").c_str(), 0600) == 0; }},
      {"a device", [&] { return mknod(at("bob/Maildir/null").c_str(), S_IFCHR | 0600, 0x103) == 0; }},
  };
  for (const auto& [what, attempt] : attempts) {
    INFO(what);
    CHECK(world.result_of(attempt) != "done");
  }
  CHECK(read(at("eve/Maildir/new/1")) == "secret");
  CHECK(names(at("eve/Maildir/new")).size() == 1);
  CHECK(read(at("bob/.bashrc")) == "mine");
}

TEST_CASE("escape: the network, other processes, rights") {
  if (!has_filter()) return;
  World world;
  sockaddr_in tcp{};
  tcp.sin_family = AF_INET;
  tcp.sin_port = htons(25);
  const pid_t parent = getpid();
  const auto setuid_file = world.directory / "bob/Maildir/tmp/setuid";
  char* const arguments[] = {const_cast<char*>("/bin/true"), nullptr};
  const std::vector<std::pair<const char*, Attempt>> attempts = {
      {"TCP", [&] { return connects(AF_INET, SOCK_STREAM, reinterpret_cast<sockaddr*>(&tcp), sizeof tcp); }},
      {"UDP", [&] { return connects(AF_INET, SOCK_DGRAM, nullptr, 0); }},
      {"Unix", [&] { return connects(AF_UNIX, SOCK_STREAM, nullptr, 0); }},
      {"netlink", [&] { return connects(AF_NETLINK, SOCK_RAW, nullptr, 0); }},
      {"socketpair",
       [&] {
         int ends[2];
         return socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0;
       }},
      {"execve", [&] { return execv(arguments[0], arguments) == 0; }},
      {"fork", [&] { return fork() >= 0; }},
      {"ptrace", [&] { return ptrace(PTRACE_ATTACH, parent, nullptr, nullptr) == 0; }},
      {"read the parent", [&] { return calls(SYS_process_vm_readv, parent); }},
      {"kill the parent", [&] { return kill(parent, 0) == 0; }},
      {"tgkill the parent", [&] { return calls(SYS_tgkill, parent, parent, 0); }},
      {"kill all", [&] { return kill(-1, 0) == 0; }},
      {"setuid", [&] { return setuid(0) == 0; }},
      {"setresuid", [&] { return setresuid(0, 0, 0) == 0; }},
      {"setresgid", [&] { return setresgid(0, 0, 0) == 0 && group_id() != 0; }},
      {"setgroups", [&] { return calls(SYS_setgroups, 0, 0); }},
      {"mount", [&] { return mount("none", "/", "tmpfs", 0, nullptr) == 0; }},
      {"chroot", [&] { return chroot("/") == 0; }},
      {"a user namespace", [&] { return calls(SYS_unshare, 0x10000000); }},
      {"setns", [&] { return calls(SYS_setns, 0, 0); }},
      {"keyctl", [&] { return calls(SYS_keyctl, 0, -3, 1); }},
      {"bpf", [&] { return calls(SYS_bpf, 0, 0, 0); }},
      {"perf", [&] { return calls(SYS_perf_event_open, 0, 0, -1); }},
#ifdef SYS_io_uring_setup
      {"io_uring", [&] { return calls(SYS_io_uring_setup, 1, 0); }},
#endif
      {"memfd", [&] { return memfd_create("x", 0) >= 0; }},
      {"limits", [&] { return calls(SYS_prlimit64, 0, 7, reinterpret_cast<long>(&tcp)); }},
      {"a setuid file", [&] { return open(setuid_file.c_str(), O_WRONLY | O_CREAT, 04755) >= 0; }},
      {"chmod", [&] { return chmod((world.directory / "bob/Maildir/new/1").c_str(), 04755) == 0; }},
      {"chown", [&] { return chown((world.directory / "bob/Maildir/new/1").c_str(), 0, 0) == 0; }},
      {"terminal input", [&] { return calls(SYS_ioctl, 0, 0x5412, reinterpret_cast<long>(&tcp)); }},
  };
  for (const auto& [what, attempt] : attempts) {
    INFO(what);
    CHECK(world.result_of(attempt) != "done");
  }
  struct stat status {};
  CHECK(stat(setuid_file.c_str(), &status) != 0);
}
