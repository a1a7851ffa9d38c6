// SPDX-License-Identifier: MIT
#include "base/process.h"

#include "base/error.h"
#include "base/file.h"

#include <algorithm>
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

// SIGTERM is the one that a parent handles; SIGXCPU must end a child even where it was ignored. Each of the
// sixty-four would be a system call of every delivery.
void reset_signals() {
  for (const int signal : {SIGTERM, SIGXCPU}) ::signal(signal, SIG_DFL);
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

/// waitpid(2), but no longer than until the deadline: then 0. -1: somebody else reaped it.
pid_t await_end(pid_t pid, int& status, Deadline deadline) {
#ifdef SYS_pidfd_open
  const Fd process(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
  if (process && !wait_or_sleep(process.get(), deadline)) return 0;
#endif
  for (;;) { // ended already, or before Linux 5.3, or a call failed
    const pid_t ended = ::waitpid(pid, &status, WNOHANG);
    if (ended > 0 || (ended < 0 && errno == ECHILD)) return ended;
    if (Clock::now() >= deadline) return 0;
    std::this_thread::sleep_for(std::chrono::microseconds(500));
  }
}

constexpr unsigned most_failures = 8; // of a call on the way to what a child did

bool same_file(const struct stat& file, int fd) {
  struct stat other {};
  return ::fstat(fd, &other) == 0 && file.st_dev == other.st_dev && file.st_ino == other.st_ino;
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
    ::setpgid(0, 0); // kill() reaches a child that has not come to this, and has nobody in its group, too
    reset_signals();
    ::close(read_end.release());
    run_child(body, write_end.release());
  }
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
  std::array<char, 1024> buffer; // small: after a fork each page of the stack is copied when it is written to
  while (pipe_) {
    const auto got = ::read(pipe_.get(), buffer.data(), buffer.size());
    if (got < 0 && errno == EAGAIN) return false;
    if (got < 0 && (errno == EINTR || ++failed_reads_ < most_failures)) continue;
    result_.unreadable = got < 0;
    const auto octets = got > 0 ? static_cast<std::size_t>(got) : 0;
    result_.truncated = octets > limit_ - result_.output.size();
    if (!result_.truncated) result_.output.append(buffer.data(), octets);
    if (got <= 0 || result_.truncated) pipe_ = Fd();
    if (got > 0 && octets < buffer.size())
      return !pipe_; // nothing is left now; poll(2) tells of more, and of the end
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
  int status = 0;
  pid_t ended = result_.timed_out ? 0 : await_end(pid_, status, deadline);
  if (ended == 0) {
    result_.timed_out = true;
    kill(SIGKILL);
    ended = await_end(pid_, status, never);
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

bool standard_error_is_client() {
  struct stat error {};
  if (::fstat(2, &error) != 0 || (!S_ISSOCK(error.st_mode) && !S_ISFIFO(error.st_mode))) return false;
  return same_file(error, 0) || same_file(error, 1);
}

void fill_standard_streams() {
  std::array<pollfd, 3> streams{{{0, 0, 0}, {1, 0, 0}, {2, 0, 0}}};
  const bool any_closed = ::poll(streams.data(), streams.size(), 0) != 0 &&
                          std::any_of(streams.begin(), streams.end(),
                                      [](const pollfd& stream) { return stream.revents & POLLNVAL; });
  if (!any_closed) return;
  for (int fd = ::open("/dev/null", O_RDWR); fd >= 0; fd = ::open("/dev/null", O_RDWR))
    if (fd > STDERR_FILENO) {
      ::close(fd);
      return;
    }
}

void leave_standard_streams() {
  const bool also_error = standard_error_is_client();
  const Fd null = open_file("/dev/null", O_RDWR);
  for (int fd = 0; fd <= (also_error ? 2 : 1); ++fd) {
    if (::dup2(null.get(), fd) < 0) throw_errno("dup2");
  }
}

} // namespace base
