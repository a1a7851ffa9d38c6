// SPDX-License-Identifier: MIT
// A forked child whose whole result comes through one pipe. It runs a function of this program, not another
// one; it is the leader of a process group, so that what it starts ends with it.
#pragma once

#include "base/fd.h"
#include "base/io.h"

#include <cstddef>
#include <functional>
#include <string>
#include <sys/types.h>
#include <utility>

namespace base {

class Child {
public:
  /// How a child ended. No more than one of timed_out, signal and exit_status says something.
  struct Result {
    std::string output;      // what it wrote into the pipe, at most `limit` octets
    bool timed_out = false;  // killed by finish() because the deadline came
    int signal = 0;          // that killed it, or 0
    int exit_status = 0;     // of _exit(2), when no signal killed it
    bool truncated = false;  // it wrote more than `limit`
    bool unreadable = false; // the pipe failed: what else it wrote is not known

    bool clean() const { return !timed_out && !truncated && !unreadable && signal == 0 && exit_status == 0; }
  };

  static constexpr int exit_exception = 125; // an exception left `body`
  static constexpr std::size_t default_limit = 65536;

  /// Forks. In the child SIGTERM and SIGXCPU have their default action and no signal is blocked; it runs
  /// `body` with the pipe's write end and ends by _exit with what that returns: no destructor of the parent's
  /// objects, no atexit function runs. Throws std::system_error when there is no process to be had.
  static Child spawn(const std::function<int(int result_pipe)>& body, std::size_t limit = default_limit);

  Child(Child&& other) noexcept;
  Child& operator=(Child&& other) noexcept;
  ~Child(); // a child that was not finished is killed and reaped

  pid_t pid() const { return pid_; }
  /// The pipe's read end, for poll(2); -1 once the end of the result was read.
  int fd() const { return pipe_.get(); }

  /// Takes what the pipe holds, without waiting. True once the result is complete: the child (and whoever
  /// inherited the pipe) closed it, or it wrote too much.
  bool pump();
  /// What came so far: a child may tell its result before it is done with what nobody waits for.
  const std::string& output() const { return result_.output; }
  /// What else it tells is not wanted: finish() waits for its end alone.
  void stop_listening() { pipe_ = Fd(); }
  /// Waits for the result and the end of the child. At the deadline its group is killed. Call it once.
  Result finish(Deadline deadline = never);
  /// In another child: this one is not ours to read or to kill.
  void leave();
  /// Sends a signal to the child's process group.
  void kill(int signal) const;

private:
  Child(pid_t pid, Fd pipe, std::size_t limit) : pid_(pid), pipe_(std::move(pipe)), limit_(limit) {}
  void reap(Deadline deadline);

  pid_t pid_ = -1; // -1: reaped
  Fd pipe_;
  std::size_t limit_ = default_limit;
  unsigned failed_reads_ = 0;
  Result result_;
};

/// Two connected stream sockets, close-on-exec. Throws std::system_error.
std::pair<Fd, Fd> make_socket_pair();

/// Puts /dev/null in the place of descriptors 0 and 1, and of 2 when it is the same open socket or pipe as
/// one of them: a child must neither read what the client sends nor write to it. Throws std::system_error.
void leave_standard_streams();

/// What is opened later must not become descriptor 0, 1 or 2, where the client is: those that are closed
/// become /dev/null.
void fill_standard_streams();

/// Closes every descriptor above 2, which whoever started us left open. Where the kernel cannot do that in
/// one call (before Linux 5.9) they stay open.
void close_inherited();

/// Descriptor 2 is the socket or pipe of descriptor 0 or 1: what is written to it reaches the client.
bool standard_error_is_client();

} // namespace base
