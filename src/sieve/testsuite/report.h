// SPDX-License-Identifier: MIT
// What a run of test files prints and counts.
#pragma once

#include <functional>
#include <string>

namespace sieve::testsuite {

class Report {
public:
  /// `print` is called with whole lines, without line end.
  explicit Report(std::function<void(const std::string&)> print) : print_(std::move(print)) {}

  /// A test block begins.
  void begin(std::string name);
  /// The open block reached its end.
  void succeed();
  /// The open block failed; it is closed.
  void fail(const std::string& reason);
  /// A failure outside all blocks, or one that ends the file.
  void fail_case(const std::string& name, const std::string& reason);
  bool open() const { return open_; }

  unsigned blocks() const { return blocks_; }     // begun
  unsigned failures() const { return failures_; } // of blocks and outside

  /// A failure that does not count: `failures()` as it was.
  void restore(unsigned failures) { failures_ = failures; }

private:
  std::string number() const;

  std::function<void(const std::string&)> print_;
  std::string name_;
  bool open_ = false;
  unsigned blocks_ = 0;
  unsigned failures_ = 0;
};

} // namespace sieve::testsuite
