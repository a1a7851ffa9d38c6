// SPDX-License-Identifier: MIT
#include "sieve/testsuite/report.h"

#include "base/ascii.h"

namespace sieve::testsuite {

std::string Report::number() const {
  const std::string digits = std::to_string(blocks_);
  return digits.size() < 2 ? " " + digits : digits;
}

void Report::begin(std::string name) {
  ++blocks_;
  name_ = std::move(name);
  open_ = true;
  started_ = std::chrono::steady_clock::now();
}

void Report::close(bool failed, const std::string& reason) {
  open_ = false;
  cases_.push_back({name_, true, failed, reason, std::chrono::steady_clock::now() - started_});
}

void Report::succeed() {
  close(false, {});
  print_(number() + ": Test '" + base::printable(name_) + "' SUCCEEDED");
}

void Report::fail(const std::string& reason) {
  ++failures_;
  close(true, reason);
  print_(number() + ": Test '" + base::printable(name_) + "' FAILED: " + base::printable(reason));
}

void Report::fail_case(const std::string& reason) {
  ++failures_;
  if (open_)
    close(true, reason); // the block that the file ended in
  else
    cases_.push_back({case_name_, false, true, reason, {}});
  print_("XX: Test " + case_name_ + " FAILED: " + base::printable(reason));
}

std::vector<TestCase> Report::finish() {
  if (open_) close(false, {});
  return std::move(cases_);
}

} // namespace sieve::testsuite
