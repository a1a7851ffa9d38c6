// SPDX-License-Identifier: MIT
#include "base/process.h"

#include "base/limits.h"
#include "support/catch.h"

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <new>
#include <stdexcept>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

using base::Child;
using base::Clock;
using namespace std::chrono_literals;

TEST_CASE("a child's result and status") {
  const auto result = Child::spawn([](int pipe) {
                        base::write_all(pipe, "250 fine");
                        return 7;
                      }).finish();
  CHECK(result.output == "250 fine");
  CHECK(result.exit_status == 7);
  CHECK_FALSE(result.clean());
  CHECK(Child::spawn([](int) { return 0; }).finish().clean());
}

TEST_CASE("an exception, a crash") {
  CHECK(Child::spawn([](int) -> int { throw std::runtime_error("x"); }).finish().exit_status ==
        Child::exit_exception);
  const auto crashed = Child::spawn([](int pipe) {
                         base::write_all(pipe, "half");
                         ::raise(SIGKILL);
                         return 0;
                       }).finish();
  CHECK(crashed.signal == SIGKILL);
  CHECK(crashed.output == "half");
  CHECK_FALSE(crashed.clean());
}

TEST_CASE("the deadline ends a child and what it started") {
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  const base::Fd held(ends[0]);
  base::Fd other(ends[1]);
  auto child = Child::spawn([&](int) {
    if (::fork() >= 0) ::pause();
    return 0;
  });
  other.close();
  const auto start = Clock::now();
  CHECK(child.finish(start + 50ms).timed_out);
  CHECK(Clock::now() - start < 5s);
  char c = 0;
  CHECK(base::read_some(held.get(), &c, 1, Clock::now() + 5s) == 0); // nobody holds the write end any more
}

TEST_CASE("the deadline counts also after the result is there") {
  auto child = Child::spawn([](int pipe) {
    base::write_all(pipe, "done");
    ::close(pipe);
    ::pause();
    return 0;
  });
  const auto result = child.finish(Clock::now() + 50ms);
  CHECK(result.timed_out);
  CHECK(result.output == "done");
}

TEST_CASE("a child that writes too much is cut off") {
  auto child = Child::spawn(
      [](int pipe) {
        base::write_all(pipe, std::string(1 << 20, 'x'));
        return 0;
      },
      100);
  const auto result = child.finish(Clock::now() + 5s);
  CHECK(result.truncated);
  CHECK_FALSE(result.clean());
}

TEST_CASE("several children at a time") {
  std::vector<Child> children;
  for (int i = 0; i < 5; ++i)
    children.push_back(Child::spawn([i](int pipe) {
      base::write_all(pipe, std::to_string(i));
      return 0;
    }));
  for (std::size_t i = 0; i < children.size(); ++i) CHECK(children[i].finish().output == std::to_string(i));
}

TEST_CASE("a child that nobody finishes is killed") {
  pid_t pid = 0;
  {
    const auto child = Child::spawn([](int) { return ::pause(); });
    pid = child.pid();
  }
  CHECK(::kill(pid, 0) == -1);
}

TEST_CASE("signals are fresh in a child") {
  ::signal(SIGTERM, SIG_IGN);
  const auto result = Child::spawn([](int) {
                        ::raise(SIGTERM);
                        return 0;
                      }).finish();
  ::signal(SIGTERM, SIG_DFL);
  CHECK(result.signal == SIGTERM);
}

TEST_CASE("a child leaves the client's descriptors") {
  const auto result = Child::spawn([](int pipe) {
                        int client[2];
                        if (::socketpair(AF_UNIX, SOCK_STREAM, 0, client) != 0) return 1;
                        for (int fd = 0; fd < 3; ++fd) ::dup2(client[0], fd);
                        if (!base::standard_error_is_client()) return 2;
                        base::leave_standard_streams();
                        ::close(client[0]);
                        char c = 0;
                        if (::read(client[1], &c, 1) != 0) return 3; // somebody still holds it
                        base::write_all(pipe, "ok");
                        return base::standard_error_is_client() ? 4 : 0;
                      }).finish(Clock::now() + 5s);
  CHECK(result.exit_status == 0);
  CHECK(result.output == "ok");
}

TEST_CASE("limits") {
  const auto cpu = Child::spawn([](int) {
                     base::set_limits({.cpu_seconds = 1});
                     for (volatile bool forever = true; forever;) {}
                     return 0;
                   }).finish(Clock::now() + 60s);
  CHECK(cpu.signal == SIGXCPU);
  const auto files = Child::spawn([](int pipe) {
                       base::set_limits({.file_octets = 10, .open_files = 3});
                       if (::open("/dev/null", O_RDONLY) >= 0) return 1;
                       base::write_all(pipe, std::string(20, 'x')); // a pipe is no file
                       return 0;
                     }).finish();
  CHECK(files.clean());
  const auto lower = Child::spawn([](int) {
                       base::set_limits({.open_files = 5});
                       base::set_limits({.open_files = 10}); // root could raise it
                       rlimit now{};
                       ::getrlimit(RLIMIT_NOFILE, &now);
                       return now.rlim_cur == 5 && now.rlim_max == 5 ? 0 : 1;
                     }).finish();
  CHECK(lower.clean());
}
