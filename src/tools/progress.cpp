// SPDX-License-Identifier: MIT
#include "tools/progress.h"

#include "tools/output.h"

#include <cstdio>
#include <unistd.h>

namespace tools {

namespace {

constexpr std::size_t bar_width = 20;
constexpr std::chrono::milliseconds redraw{200}, plain_line{10000};

} // namespace

std::string progress_line(std::size_t done, std::size_t all, double seconds) {
  const std::size_t whole = all == 0 ? 1 : all;
  const double rate = seconds > 0 ? static_cast<double>(done) / seconds : 0;
  const auto left = rate > 0 ? static_cast<unsigned long>(static_cast<double>(whole - done) / rate + 0.5) : 0;
  const std::size_t filled = done * bar_width / whole;
  char numbers[80];
  std::snprintf(numbers, sizeof numbers, "] %3zu%%  %zu/%zu  %.0f/s  %lu:%02lu left", done * 100 / whole,
                done, all, rate, left / 60, left % 60);
  return '[' + std::string(filled, '#') + std::string(bar_width - filled, '-') + numbers;
}

Progress::Progress(std::size_t all)
    : all_(all), terminal_(isatty(STDERR_FILENO) == 1), next_(start_ + (terminal_ ? redraw : plain_line)) {}

Progress::~Progress() {
  if (drawn_) print_error("\r\x1b[K");
}

void Progress::step(std::size_t done) {
  const auto now = Clock::now();
  if (now < next_) return;
  next_ = now + (terminal_ ? redraw : plain_line);
  const auto line = progress_line(done, all_, std::chrono::duration<double>(now - start_).count());
  print_error(terminal_ ? '\r' + line + "\x1b[K" : line + '\n');
  drawn_ = terminal_;
}

} // namespace tools
