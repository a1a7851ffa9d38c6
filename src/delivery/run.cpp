// SPDX-License-Identifier: MIT
#include "delivery/run.h"

#include "base/ascii.h"
#include "base/error.h"
#include "base/file.h"
#include "base/io.h"
#include "base/process.h"
#include "delivery/privileges.h"

#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace delivery {

namespace {

constexpr int cannot_run = 127; // as the shell says it
constexpr std::size_t large = 1024 * 1024;

base::Fd input_of(std::span<const std::string_view> pieces) {
  std::size_t size = 0;
  for (const auto piece : pieces) size += piece.size();
  base::Fd fd = make_input(size);
  base::writev_all(fd.get(), pieces);
  return fd;
}

std::vector<char*> pointers(const std::vector<std::string>& strings) {
  std::vector<char*> result;
  for (const auto& text : strings) result.push_back(const_cast<char*>(text.c_str()));
  result.push_back(nullptr);
  return result;
}

/// Everything that allocates was done before the fork: this is system calls only.
int execute(const Run& what, int input, int output, char* const* argv, char* const* environment) {
  const int null = open("/dev/null", O_RDWR | O_CLOEXEC);
  if (null < 0 || dup2(input, 0) < 0 || dup2(output, 1) < 0 || dup2(what.join_errors ? output : null, 2) < 0)
    return cannot_run;
#ifdef SYS_close_range
  syscall(SYS_close_range, 3u, ~0u, 1u << 2); // CLOSE_RANGE_CLOEXEC
#endif
  prctl(PR_SET_PDEATHSIG, SIGKILL); // when our own deadline ends us, it ends too
  for (int number = 1; number < 32; ++number) signal(number, SIG_DFL); // what is ignored would stay so
  if (chdir(what.directory.c_str()) != 0 && chdir("/") != 0) return cannot_run;
  execve(what.path.c_str(), argv, environment);
  return cannot_run;
}

/// Whoever is left of what the program started: reparented to us if this process is a subreaper.
void end_descendants() {
  const std::string list = "/proc/self/task/" + std::to_string(gettid()) + "/children";
  for (auto file = base::open_if_exists(list, O_RDONLY); file; file = base::open_if_exists(list, O_RDONLY)) {
    const std::string text = base::read_all(file->get(), 1024 * 1024);
    const auto pids = base::words(text);
    if (pids.empty()) return;
    for (const auto pid : pids) kill(static_cast<pid_t>(base::parse_number(pid).value_or(0)), SIGKILL);
    for (const auto pid : pids) waitpid(static_cast<pid_t>(base::parse_number(pid).value_or(0)), nullptr, 0);
  }
}

/// False when the deadline came, or nobody waits any longer.
bool read_output(base::Child& child, int asker, base::Deadline deadline) {
  while (!child.pump()) {
    pollfd descriptors[] = {{child.fd(), POLLIN, 0}, {asker, POLLRDHUP, 0}};
    poll(descriptors, 2, base::poll_timeout(deadline));
    if (descriptors[1].revents != 0 || base::Clock::now() >= deadline) return false;
  }
  return true;
}

RunResult wait_for(base::Child& child, const Run& what) {
  const auto deadline = base::Clock::now() + what.timeout;
  const bool in_time = read_output(child, what.asker, deadline);
  auto ended = child.finish(in_time ? deadline : base::Clock::now());
  if (ended.timed_out) end_descendants();
  RunResult result;
  result.ran = ended.exit_status != cannot_run && ended.exit_status != base::Child::exit_exception;
  result.status = ended.signal != 0 ? 128 + ended.signal : ended.exit_status;
  result.timed_out = ended.timed_out;
  result.truncated = ended.truncated;
  result.output = std::move(ended.output);
  return result;
}

} // namespace

std::string RunResult::describe() const {
  if (timed_out) return "timed out";
  if (!ran) return "cannot be run";
  if (truncated) return "too much output";
  if (status > 128) return "killed by signal " + std::to_string(status - 128);
  return "exit status " + std::to_string(status);
}

base::Fd make_input(std::uint64_t size) {
  base::Fd fd = size > large ? base::open_unnamed("/tmp") : base::Fd(memfd_create("input", MFD_CLOEXEC));
  if (!fd) base::throw_errno("memfd_create");
  return fd;
}

RunResult run(const Run& what) {
  const base::Fd own = what.input_file ? base::Fd() : input_of(what.input);
  const int input = what.input_file ? what.input_file.get() : own.get();
  if (lseek(input, 0, SEEK_SET) != 0) base::throw_errno("lseek");
  std::vector<std::string> arguments{what.path};
  arguments.insert(arguments.end(), what.arguments.begin(), what.arguments.end());
  const auto argv = pointers(arguments);
  const auto environment = pointers(what.environment);
  auto child = base::Child::spawn(
      [&](int pipe) {
        drop_mail_group();
        return execute(what, input, pipe, argv.data(), environment.data());
      },
      what.output_limit);
  return wait_for(child, what);
}

std::vector<std::string> clean_environment(const std::string& user, const std::string& home) {
  return {"PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C", "HOME=" + home, "USER=" + user,
          "LOGNAME=" + user};
}

} // namespace delivery
