// SPDX-License-Identifier: MIT
// Running another program: no shell, a clean environment, no descriptor but its three streams, a deadline
// after which it is killed with what it started.
#pragma once

#include "base/fd.h"

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace delivery {

struct Run {
  std::string path;
  std::vector<std::string> arguments;   // without argv[0]
  std::vector<std::string> environment; // "NAME=value"
  std::string directory = "/";
  std::span<const std::string_view> input; // its standard input
  base::Fd input_file{};                   // in the place of `input`, from its beginning
  bool join_errors = false; // standard error goes where standard output goes; else to /dev/null
  std::chrono::seconds timeout{30};
  std::size_t output_limit = 64 * 1024;
  int asker = -1; // a socket: when its other end is closed, nobody waits any longer, as at the deadline
};

struct RunResult {
  bool ran = false; // it could be started
  int status = 0;   // its exit status, or 128 + the signal that ended it
  bool timed_out = false;
  bool truncated = false;
  std::string output;
  bool succeeded() const { return ran && status == 0 && !timed_out && !truncated; }
  std::string describe() const; // "exit status 75", "killed by signal 9", "timed out"
};

/// An unnamed file for an input of that size: no pipe that both sides could wait for. Throws
/// std::system_error.
base::Fd make_input(std::uint64_t size);

/// Waits for its end. In a process that is a child subreaper (prctl(2)) the deadline ends descendants too
/// that left the program's process group. Throws std::system_error when there is no process or no room for
/// the input.
RunResult run(const Run& what);

/// PATH, HOME, USER, LOGNAME, and nothing that we were started with.
std::vector<std::string> clean_environment(const std::string& user, const std::string& home);

} // namespace delivery
