// SPDX-License-Identifier: MIT
// How far a long task has come, on standard error: a bar on a terminal, else a plain line now and then.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace tools {

/// "[#####---------------]  25%  250/1000  2000/s  0:01 left"; at most 79 columns.
std::string progress_line(std::size_t done, std::size_t all, double seconds);

class Progress {
public:
  explicit Progress(std::size_t all);
  ~Progress(); // takes the bar away
  void step(std::size_t done);

private:
  using Clock = std::chrono::steady_clock;
  std::size_t all_;
  bool terminal_;
  bool drawn_ = false;
  Clock::time_point start_ = Clock::now(), next_;
};

} // namespace tools
