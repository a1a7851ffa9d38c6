// SPDX-License-Identifier: MIT
// Between two tries to get what another process has.
#pragma once

#include <chrono>

namespace base {

/// Waits from 10 ms up to 500 ms, longer each time, a little different in every process.
class BackOff {
public:
  explicit BackOff(std::chrono::milliseconds timeout) : end_(std::chrono::steady_clock::now() + timeout) {}

  /// False when the time is over.
  bool wait();

private:
  std::chrono::steady_clock::time_point end_;
  std::chrono::milliseconds delay_{10};
  int tries_ = 0;
};

} // namespace base
