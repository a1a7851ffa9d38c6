// SPDX-License-Identifier: MIT
// Reading and writing descriptors: interrupted and short calls made whole, waits that end at a deadline.
#pragma once

#include <chrono>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace base {

using Clock = std::chrono::steady_clock;
/// A point in time after which waiting is over; `never` waits for ever.
using Deadline = Clock::time_point;
inline constexpr Deadline never = Deadline::max();

/// What poll(2) takes: milliseconds until `deadline`, rounded up, 0 when it has passed, -1 for `never`.
int poll_timeout(Deadline deadline);

/// Waits until `events` (POLLIN, POLLOUT), an error or a hang-up is there for `fd`; false: the deadline came
/// first.
bool wait_for(int fd, short events, Deadline deadline = never);

/// read(2), again after EINTR, waiting on a non-blocking descriptor. 0 is the end. Throws std::system_error,
/// with ETIMEDOUT for the deadline.
std::size_t read_some(int fd, char* buffer, std::size_t size, Deadline deadline = never);

/// For what was done and must be heard of: the same, but goes on after a few errors. Not for a descriptor
/// that is non-blocking.
std::size_t read_if_at_all(int fd, char* buffer, std::size_t size);

/// Writes everything, whatever write(2) takes at a time. Throws std::system_error, with ETIMEDOUT when a
/// descriptor that is non-blocking cannot take it before the deadline.
void write_all(int fd, std::string_view octets, Deadline deadline = never);
/// For what was done and must be told, though nothing can be done when it is not: goes on after a few errors.
/// False when the octets were not all written; EPIPE, a reader who is gone, ends it at once.
bool write_if_at_all(int fd, std::string_view octets);

/// The same for pieces, as few system calls as writev(2) allows.
void writev_all(int fd, std::span<const std::string_view> pieces);

/// What comes until the end, at most `limit` octets; throws std::system_error (EFBIG) when there is more.
/// `expected`: how many a regular file has. Nobody is asked for more once these have come.
std::string read_all(int fd, std::size_t limit, std::size_t expected = 0);

} // namespace base
