// SPDX-License-Identifier: MIT
// Runs test files.
#pragma once

#include "sieve/testsuite/world.h"

#include <functional>
#include <string>
#include <vector>

namespace sieve::testsuite {

struct FileResult {
  unsigned blocks = 0;   // begun
  unsigned failures = 0; // of blocks and outside of them
  std::vector<TestCase> cases;
};

/// Compiles and runs one test file in a world of its own. Lines for people go to `print`, errors of the file
/// itself to `complain`, both without line end.
FileResult run_test_file(const std::string& path, const RunOptions& options,
                         const std::function<void(const std::string&)>& print,
                         const std::function<void(const std::string&)>& complain);

} // namespace sieve::testsuite
