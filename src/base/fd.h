// SPDX-License-Identifier: MIT
// A file descriptor with one owner.
#pragma once

#include <utility>

namespace base {

class Fd {
public:
  Fd() = default;
  explicit Fd(int fd) : fd_(fd) {}
  Fd(Fd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Fd& operator=(Fd&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  Fd(const Fd&) = delete;
  Fd& operator=(const Fd&) = delete;
  ~Fd(); // an error of close() is lost here: what must not be lost calls close() first

  int get() const { return fd_; }
  explicit operator bool() const { return fd_ >= 0; }
  int release() { return std::exchange(fd_, -1); }

  /// Closes now. Throws std::system_error if close(2) fails: on NFS that is where a write's failure shows.
  void close();

private:
  int fd_ = -1;
};

} // namespace base
