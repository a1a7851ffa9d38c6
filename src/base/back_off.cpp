// SPDX-License-Identifier: MIT
#include "base/back_off.h"

#include <algorithm>
#include <thread>
#include <unistd.h>

namespace base {

bool BackOff::wait() {
  const auto now = std::chrono::steady_clock::now();
  if (now >= end_) return false;
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end_ - now);
  const auto jitter = std::chrono::milliseconds((getpid() * 7 + ++tries_ * 13) % 10);
  std::this_thread::sleep_for(std::min(delay_ + jitter, left + std::chrono::milliseconds(1)));
  delay_ = std::min(delay_ * 2, std::chrono::milliseconds(500));
  return true;
}

} // namespace base
