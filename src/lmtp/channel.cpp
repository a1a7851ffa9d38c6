// SPDX-License-Identifier: MIT
#include "lmtp/channel.h"

#include "base/error.h"
#include "base/fd.h"
#include "base/io.h"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>

namespace lmtp {

namespace {

/// The pipe that wakes poll(2): a flag alone would be missed between the look at it and the wait.
struct WakePipe {
  WakePipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0) base::throw_errno("pipe");
    read_end = base::Fd(ends[0]);
    write_end = base::Fd(ends[1]);
  }
  base::Fd read_end;
  base::Fd write_end;
};

std::atomic<bool> shutdown_requested = false;
std::atomic<int> wake_fd = -1;

int wake_read_end() {
  static const WakePipe pipe;
  wake_fd = pipe.write_end.get();
  return pipe.read_end.get();
}

// After POLLOUT a pipe takes this much without blocking (POSIX: PIPE_BUF), and so does a stream socket.
constexpr std::size_t safe_write = 4096;
constexpr std::size_t most_pending = 65536;

base::Deadline after(std::chrono::seconds timeout) {
  return timeout.count() > 0 ? base::Clock::now() + timeout : base::never;
}

} // namespace

Channel::Channel(int in, int out, std::chrono::seconds timeout) : in_(in), out_(out), timeout_(timeout) {}

void Channel::request_shutdown() {
  const int error = errno;
  shutdown_requested = true;
  const int fd = wake_fd;
  if (fd >= 0 && ::write(fd, "", 1) < 0) errno = error; // full: it wakes already
  errno = error;
}

Line Channel::read_line(Shutdown shutdown) {
  if (shutdown == Shutdown::now && shutdown_requested) throw End::shutdown;
  if (inside_bad_line_) drain_line(shutdown);
  for (std::size_t scanned = 0;;) {
    const std::string_view input = buffered();
    const auto end = input.substr(0, longest_line).find('\n', scanned);
    if (end != std::string_view::npos && end > 0 && input[end - 1] == '\r') {
      Line line{std::string(input.substr(0, end - 1)), Line::Fault::none};
      consume(end + 1);
      return line;
    }
    inside_bad_line_ = true;
    if (end != std::string_view::npos) {
      consume(end + 1);
      return {{}, Line::Fault::bare_lf};
    }
    if (input.size() >= longest_line) return {{}, Line::Fault::too_long};
    inside_bad_line_ = false;
    scanned = input.size();
    fill(shutdown);
  }
}

void Channel::drain_line(Shutdown shutdown) {
  for (;;) {
    const std::string_view input = buffered();
    const auto end = input.find("\r\n");
    if (end != std::string_view::npos) {
      consume(end + 2);
      break;
    }
    const bool half_end = !input.empty() && input.back() == '\r';
    consume(input.size() - (half_end ? 1 : 0));
    fill(shutdown);
  }
  inside_bad_line_ = false;
}

void Channel::fill(Shutdown shutdown) {
  if (begin_ > 0) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  // More of a pipelined group may be there already: then the replies wait for the rest.
  auto got = receive_now();
  if (!got) {
    if (!pending_.empty()) flush();
    do {
      await_input(shutdown);
      got = receive();
    } while (!got);
  }
  if (*got == 0) throw end_ > 0 || inside_bad_line_ ? End::cut_line : End::end_of_input;
  end_ += *got;
}

std::optional<std::size_t> Channel::received(std::ptrdiff_t got) {
  if (got >= 0) return static_cast<std::size_t>(got);
  if (errno == EINTR || errno == EAGAIN) return std::nullopt;
  throw End::broken;
}

std::optional<std::size_t> Channel::receive() {
  return received(::read(in_, buffer_.data() + end_, buffer_.size() - end_));
}

// Of a socket without asking before whether there is something.
std::optional<std::size_t> Channel::receive_now() {
  if (in_is_socket_) {
    const auto got = ::recv(in_, buffer_.data() + end_, buffer_.size() - end_, MSG_DONTWAIT);
    in_is_socket_ = got >= 0 || errno != ENOTSOCK;
    if (in_is_socket_) return received(got);
  }
  if (pending_.empty() || !base::wait_for(in_, POLLIN, base::Clock::now())) return std::nullopt;
  return receive();
}

void Channel::await_input(Shutdown shutdown) {
  const base::Deadline deadline = after(timeout_);
  std::array<pollfd, 2> entries{{{in_, POLLIN, 0}, {wake_read_end(), POLLIN, 0}}};
  for (;;) {
    if (shutdown == Shutdown::now && shutdown_requested) throw End::shutdown;
    const int ready = ::poll(entries.data(), shutdown == Shutdown::now ? 2 : 1, base::poll_timeout(deadline));
    if (ready < 0 && errno != EINTR) throw End::broken;
    if (shutdown == Shutdown::now && shutdown_requested) throw End::shutdown;
    if (ready > 0) return;
    if (base::Clock::now() >= deadline) throw End::idle;
  }
}

void Channel::send(const mail::Reply& reply, bool utf8) {
  pending_ += reply.wire(utf8);
  if (pending_.size() > most_pending) flush();
}

// What a socket takes without waiting; a pipe has to be asked before, because it cannot be told not to block.
std::size_t Channel::send_now(std::string_view octets) {
  if (!out_is_socket_) return 0;
  const auto sent = ::send(out_, octets.data(), octets.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
  if (sent >= 0) return static_cast<std::size_t>(sent);
  if (errno == EPIPE || errno == ECONNRESET) throw End::broken; // write(2) would add SIGPIPE
  out_is_socket_ = errno != ENOTSOCK;
  if (!out_is_socket_) std::signal(SIGPIPE, SIG_IGN); // a pipe has no MSG_NOSIGNAL
  return 0;
}

void Channel::flush() {
  const std::string octets = std::exchange(pending_, {});
  const base::Deadline deadline = after(timeout_);
  try {
    for (std::size_t sent = send_now(octets); sent < octets.size(); sent += safe_write) {
      if (!base::wait_for(out_, POLLOUT, deadline)) throw End::broken;
      base::write_all(out_, std::string_view(octets).substr(sent, safe_write), deadline);
    }
  } catch (const std::system_error&) {
    throw End::broken;
  }
}

} // namespace lmtp
