// SPDX-License-Identifier: MIT
#include "base/process.h"

#include "base/error.h"
#include "base/file.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <system_error>
#include <thread>
#include <unistd.h>

namespace base {

namespace {

// Those that a parent handles or ignores; resetting all sixty-four would be half the system calls of a
// delivery.
void reset_signals() {
  for (const int signal : {SIGHUP, SIGINT, SIGTERM, SIGALRM, SIGCHLD, SIGXCPU}) ::signal(signal, SIG_DFL);
  ::signal(SIGPIPE, SIG_IGN);
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

[[noreturn]] void run_child(const std::function<int(int)>& body, int pipe) noexcept {
  int status = Child::exit_exception;
  try {
    status = body(pipe);
  } catch (...) { // the parent sees exit_exception; body reports what it can before
  }
  ::_exit(status);
}

/// Blocks all signals for as long as it lives: between fork and reset_signals a handler of the parent's would
/// run in the child.
class BlockedSignals {
public:
  BlockedSignals() {
    sigset_t all;
    sigfillset(&all);
    ::sigprocmask(SIG_SETMASK, &all, &before_);
  }
  ~BlockedSignals() { ::sigprocmask(SIG_SETMASK, &before_, nullptr); }
  BlockedSignals(const BlockedSignals&) = delete;
  BlockedSignals& operator=(const BlockedSignals&) = delete;

private:
  sigset_t before_;
};

/// wait_for() for those whom a failure must not stop: a child's work counts, so its end has to be seen.
/// Where poll(2) has no memory, a short sleep takes its place.
bool wait_or_sleep(int fd, Deadline deadline) {
  try {
    return wait_for(fd, POLLIN, deadline);
  } catch (const std::system_error&) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return Clock::now() < deadline;
  }
}

/// True when the process has ended (and can be waited for without blocking) before the deadline.
bool await_end(pid_t pid, Deadline deadline) {
#ifdef SYS_pidfd_open
  const Fd process(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
  if (process && !wait_or_sleep(process.get(), deadline)) return false;
#endif
  for (;;) { // ended already, or before Linux 5.3, or poll(2) failed
    siginfo_t info{};
    if (::waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOWAIT | WNOHANG) == 0 &&
        info.si_pid == pid)
      return true;
    if (Clock::now() >= deadline) return false;
    std::this_thread::sleep_for(std::chrono::microseconds(500));
  }
}

constexpr unsigned most_failures = 8; // of a call on the way to what a child did

bool same_channel(int a, int b) {
  struct stat first {};
  struct stat second {};
  if (::fstat(a, &first) != 0 || ::fstat(b, &second) != 0) return false;
  const bool channel = S_ISSOCK(first.st_mode) || S_ISFIFO(first.st_mode);
  return channel && first.st_dev == second.st_dev && first.st_ino == second.st_ino;
}

} // namespace

Child Child::spawn(const std::function<int(int)>& body, std::size_t limit) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw_errno("pipe");
  Fd read_end(ends[0]);
  Fd write_end(ends[1]);
  if (::fcntl(read_end.get(), F_SETFL, O_NONBLOCK) != 0) throw_errno("fcntl");
  const BlockedSignals blocked;
  const pid_t pid = ::fork();
  if (pid < 0) throw_errno("fork");
  if (pid == 0) {
    ::setpgid(0, 0);
    reset_signals();
    ::close(read_end.release());
    run_child(body, write_end.release());
  }
  ::setpgid(pid, pid); // in both, so that neither depends on who runs first
  return Child(pid, std::move(read_end), limit);
}

Child::Child(Child&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)), pipe_(std::move(other.pipe_)), limit_(other.limit_),
      failed_reads_(other.failed_reads_), result_(std::move(other.result_)) {}

Child& Child::operator=(Child&& other) noexcept {
  std::swap(pid_, other.pid_);
  std::swap(pipe_, other.pipe_);
  std::swap(limit_, other.limit_);
  std::swap(failed_reads_, other.failed_reads_);
  std::swap(result_, other.result_);
  return *this;
}

Child::~Child() {
  if (pid_ < 0) return;
  kill(SIGKILL);
  reap(never);
}

void Child::kill(int signal) const {
  if (pid_ > 0 && ::kill(-pid_, signal) != 0) ::kill(pid_, signal);
}

void Child::leave() {
  pid_ = -1;
  pipe_ = Fd();
}

bool Child::pump() {
  std::array<char, 4096> buffer{};
  while (pipe_) {
    const auto got = ::read(pipe_.get(), buffer.data(), buffer.size());
    if (got < 0 && errno == EAGAIN) return false;
    if (got < 0 && (errno == EINTR || ++failed_reads_ < most_failures)) continue;
    result_.unreadable = got < 0;
    const auto octets = got > 0 ? static_cast<std::size_t>(got) : 0;
    result_.truncated = octets > limit_ - result_.output.size();
    if (!result_.truncated) result_.output.append(buffer.data(), octets);
    if (got <= 0 || result_.truncated) pipe_ = Fd();
  }
  return true;
}

Child::Result Child::finish(Deadline deadline) {
  while (!pump()) {
    if (wait_or_sleep(pipe_.get(), deadline)) continue;
    result_.timed_out = true;
    break;
  }
  reap(deadline);
  return std::move(result_);
}

void Child::reap(Deadline deadline) {
  if (result_.timed_out || !await_end(pid_, deadline)) {
    result_.timed_out = true;
    kill(SIGKILL);
  }
  int status = 0;
  pid_t ended = 0;
  for (unsigned failures = 0; failures < most_failures; failures += errno != EINTR) {
    ended = ::waitpid(pid_, &status, 0);
    if (ended >= 0 || errno == ECHILD) break;
  }
  pid_ = -1;
  if (result_.timed_out) return;
  if (ended < 0) {
    result_.exit_status = exit_exception; // somebody else reaped it: how it ended is not known
  } else if (WIFSIGNALED(status)) {
    result_.signal = WTERMSIG(status);
  } else {
    result_.exit_status = WEXITSTATUS(status);
  }
}

std::pair<Fd, Fd> make_socket_pair() {
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) throw_errno("socketpair");
  return {Fd(ends[0]), Fd(ends[1])};
}

void close_inherited() {
#ifdef SYS_close_range
  ::syscall(SYS_close_range, 3U, ~0U, 0U);
#endif
}

bool standard_error_is_client() { return same_channel(2, 0) || same_channel(2, 1); }

void leave_standard_streams() {
  const bool also_error = standard_error_is_client();
  const Fd null = open_file("/dev/null", O_RDWR);
  for (int fd = 0; fd <= (also_error ? 2 : 1); ++fd) {
    if (::dup2(null.get(), fd) < 0) throw_errno("dup2");
  }
}

} // namespace base
