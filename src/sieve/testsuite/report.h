// SPDX-License-Identifier: MIT
// What a run of test files prints and counts.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

namespace sieve::testsuite {

/// What came of a block, or of the file outside of all blocks.
struct TestCase {
  std::string name;
  bool is_block = true;
  bool failed = false;
  std::string reason; // why it failed
  std::chrono::duration<double> time{};
};

class Report {
public:
  /// `print` is called with whole lines, without line end; `case_name` is the test file's.
  Report(std::string case_name, std::function<void(const std::string&)> print)
      : case_name_(std::move(case_name)), print_(std::move(print)) {}

  /// A test block begins.
  void begin(std::string name);
  /// The open block reached its end.
  void succeed();
  /// The open block failed; it is closed.
  void fail(const std::string& reason);
  /// A failure outside all blocks, or one that ends the file.
  void fail_case(const std::string& reason);
  bool open() const { return open_; }

  unsigned blocks() const { return blocks_; }     // begun
  unsigned failures() const { return failures_; } // of blocks and outside
  /// All of them in their order. One that `stop` ended counts as passed.
  std::vector<TestCase> finish();

private:
  std::string number() const;
  void close(bool failed, const std::string& reason);

  std::string case_name_;
  std::function<void(const std::string&)> print_;
  std::vector<TestCase> cases_;
  std::string name_; // of the block
  std::chrono::steady_clock::time_point started_;
  bool open_ = false;
  unsigned blocks_ = 0;
  unsigned failures_ = 0;
};

} // namespace sieve::testsuite
