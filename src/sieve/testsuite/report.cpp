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
}

void Report::succeed() {
  open_ = false;
  print_(number() + ": Test '" + base::printable(name_) + "' SUCCEEDED");
}

void Report::fail(const std::string& reason) {
  ++failures_;
  open_ = false;
  print_(number() + ": Test '" + base::printable(name_) + "' FAILED: " + base::printable(reason));
}

void Report::fail_case(const std::string& name, const std::string& reason) {
  ++failures_;
  print_("XX: Test " + name + " FAILED: " + base::printable(reason));
}

} // namespace sieve::testsuite
