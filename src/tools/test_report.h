// SPDX-License-Identifier: MIT
// What tests came to, for other programs.
#pragma once

#include "sieve/testsuite/runner.h"

#include <string>
#include <vector>

namespace tools {

/// A file of tests that was run.
struct TestedFile {
  std::string path;
  std::vector<sieve::testsuite::TestCase> cases; // one at least
  std::string errors;                            // lines that were said of the file itself
};

/// The result as a document of JUnit's form.
std::string junit_of(const std::vector<TestedFile>& files);

/// A line of the Test Anything Protocol, version 13 (testanything.org), with a comment that gives the reason
/// of a failure.
std::string tap_of(std::size_t number, const std::string& path, const sieve::testsuite::TestCase& one);

} // namespace tools
