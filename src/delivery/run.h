// SPDX-License-Identifier: MIT
// Running another program: no shell, a clean environment, a deadline after which its whole process group is
// killed.
#pragma once

#include "delivery/content.h"

#include <chrono>
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
  bool join_errors = false; // standard error goes where standard output goes; else to /dev/null
  std::chrono::seconds timeout{30};
  std::size_t output_limit = 64 * 1024;
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

/// Waits for its end. Throws std::system_error when there is no process or no room for the input.
RunResult run(const Run& what);

/// PATH, HOME, USER, LOGNAME, and nothing that we were started with.
std::vector<std::string> clean_environment(const std::string& user, const std::string& home);

} // namespace delivery
