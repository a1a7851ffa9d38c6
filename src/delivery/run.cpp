// SPDX-License-Identifier: MIT
#include "delivery/run.h"

#include "base/error.h"
#include "base/file.h"
#include "base/io.h"
#include "base/process.h"
#include "delivery/privileges.h"

#include <csignal>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace delivery {

namespace {

constexpr int cannot_run = 127; // as the shell says it
constexpr std::size_t large = 1024 * 1024;

/// The input as a file: no pipe that both sides could wait for. A large one goes to the disk.
base::Fd make_input(std::span<const std::string_view> pieces) {
  std::size_t size = 0;
  for (const auto piece : pieces) size += piece.size();
  base::Fd fd = size > large ? base::open_unnamed("/tmp") : base::Fd(memfd_create("input", MFD_CLOEXEC));
  if (!fd) base::throw_errno("memfd_create");
  base::writev_all(fd.get(), pieces);
  if (lseek(fd.get(), 0, SEEK_SET) != 0) base::throw_errno("lseek");
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
  signal(SIGPIPE, SIG_DFL);
  if (chdir(what.directory.c_str()) != 0 && chdir("/") != 0) return cannot_run;
  execve(what.path.c_str(), argv, environment);
  return cannot_run;
}

} // namespace

std::string RunResult::describe() const {
  if (timed_out) return "timed out";
  if (!ran) return "cannot be run";
  if (truncated) return "too much output";
  if (status > 128) return "killed by signal " + std::to_string(status - 128);
  return "exit status " + std::to_string(status);
}

RunResult run(const Run& what) {
  const base::Fd input = make_input(what.input);
  std::vector<std::string> arguments{what.path};
  arguments.insert(arguments.end(), what.arguments.begin(), what.arguments.end());
  const auto argv = pointers(arguments);
  const auto environment = pointers(what.environment);
  auto child = base::Child::spawn(
      [&](int pipe) {
        drop_mail_group();
        return execute(what, input.get(), pipe, argv.data(), environment.data());
      },
      what.output_limit);
  auto ended = child.finish(base::Clock::now() + what.timeout);
  RunResult result;
  result.ran = ended.exit_status != cannot_run && ended.exit_status != base::Child::exit_exception;
  result.status = ended.signal != 0 ? 128 + ended.signal : ended.exit_status;
  result.timed_out = ended.timed_out;
  result.truncated = ended.truncated;
  result.output = std::move(ended.output);
  return result;
}

std::vector<std::string> clean_environment(const std::string& user, const std::string& home) {
  return {"PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C", "HOME=" + home, "USER=" + user,
          "LOGNAME=" + user};
}

} // namespace delivery
