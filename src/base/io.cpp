// SPDX-License-Identifier: MIT
#include "base/io.h"

#include "base/error.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <poll.h>
#include <sys/uio.h>
#include <unistd.h>

namespace base {

namespace {

bool would_block() { return errno == EAGAIN || errno == EWOULDBLOCK; }

void await(int fd, short events, Deadline deadline, const char* what) {
  if (!wait_for(fd, events, deadline)) throw_errno(ETIMEDOUT, what);
}

constexpr std::size_t pieces_per_call = 64; // well under IOV_MAX everywhere
constexpr unsigned most_failures = 8;

} // namespace

int poll_timeout(Deadline deadline) {
  if (deadline == never) return -1;
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
  return static_cast<int>(std::clamp<long long>(left, 0, INT_MAX));
}

bool wait_for(int fd, short events, Deadline deadline) {
  pollfd entry{fd, events, 0};
  for (;;) {
    const int ready = ::poll(&entry, 1, poll_timeout(deadline));
    if (ready > 0) return true;
    if (ready == 0 && Clock::now() >= deadline) return false;
    if (ready < 0 && errno != EINTR) throw_errno("poll");
  }
}

std::size_t read_some(int fd, char* buffer, std::size_t size, Deadline deadline) {
  for (;;) {
    if (deadline != never) await(fd, POLLIN, deadline, "read");
    const auto got = ::read(fd, buffer, size);
    if (got >= 0) return static_cast<std::size_t>(got);
    if (would_block()) {
      await(fd, POLLIN, deadline, "read");
    } else if (errno != EINTR) {
      throw_errno("read");
    }
  }
}

void write_all(int fd, std::string_view octets, Deadline deadline) {
  while (!octets.empty()) {
    const auto written = ::write(fd, octets.data(), octets.size());
    if (written >= 0) {
      octets.remove_prefix(static_cast<std::size_t>(written));
    } else if (would_block()) {
      await(fd, POLLOUT, deadline, "write");
    } else if (errno != EINTR) {
      throw_errno("write");
    }
  }
}

std::size_t read_if_at_all(int fd, char* buffer, std::size_t size) {
  for (unsigned failures = 0;;) {
    const auto got = ::read(fd, buffer, size);
    if (got >= 0) return static_cast<std::size_t>(got);
    if (errno != EINTR && ++failures >= most_failures) throw_errno("read");
  }
}

bool write_if_at_all(int fd, std::string_view octets) {
  for (unsigned failures = 0; !octets.empty() && failures < most_failures;) {
    const auto written = ::write(fd, octets.data(), octets.size());
    if (written >= 0)
      octets.remove_prefix(static_cast<std::size_t>(written));
    else if (errno == EPIPE)
      return false;
    else if (errno != EINTR)
      ++failures;
  }
  return octets.empty();
}

void writev_all(int fd, std::span<const std::string_view> pieces) {
  std::size_t skip = 0; // octets of the first piece that are written already
  while (!pieces.empty()) {
    std::array<iovec, pieces_per_call> vector{};
    const std::size_t count = std::min(pieces.size(), vector.size());
    for (std::size_t i = 0; i < count; ++i) {
      const std::string_view piece = i == 0 ? pieces[0].substr(skip) : pieces[i];
      vector[i] = {const_cast<char*>(piece.data()), piece.size()};
    }
    const auto written = ::writev(fd, vector.data(), static_cast<int>(count));
    if (written < 0) {
      if (would_block()) {
        await(fd, POLLOUT, never, "writev");
      } else if (errno != EINTR) {
        throw_errno("writev");
      }
      continue;
    }
    skip += static_cast<std::size_t>(written);
    while (!pieces.empty() && skip >= pieces.front().size()) {
      skip -= pieces.front().size();
      pieces = pieces.subspan(1);
    }
  }
}

std::string read_all(int fd, std::size_t limit, std::size_t expected) {
  std::string content;
  std::array<char, 16384> buffer; // not zeroed: that would cost more than most files
  while (const std::size_t got = read_some(fd, buffer.data(), buffer.size())) {
    if (got > limit - content.size()) throw_errno(EFBIG, "read");
    content.append(buffer.data(), got);
    if (content.size() == expected) break;
  }
  return content;
}

} // namespace base
