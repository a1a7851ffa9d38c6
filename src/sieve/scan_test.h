// SPDX-License-Identifier: MIT
// The test that spamtest and virustest have in common (RFC 5235 section 3.1).
#pragma once

#include "sieve/compiler.h"
#include "sieve/execution.h"
#include "sieve/match.h"
#include "sieve/scan_status.h"

#include <memory>

namespace sieve {

class ScanTest final : public Test {
public:
  ScanTest(const ScanScale& scale, bool percent, Match match, TextList keys)
      : scale_(scale), percent_(percent), match_(std::move(match)), keys_(std::move(keys)) {}

  bool test(Execution& execution) const override {
    const auto status = scan_status(execution, scale_, position);
    ValueList values;
    values.add(std::to_string(!status ? 0 : percent_ ? status->percent : status->value));
    values.counted = status ? 1 : 0;
    return run_match(execution, match_, values, keys_);
  }

private:
  const ScanScale& scale_;
  bool percent_;
  Match match_;
  TextList keys_;
};

/// `scale` must live for ever.
inline std::unique_ptr<Test> compile_scan_test(Compiler& compiler, const Arguments& arguments,
                                               const ScanScale& scale) {
  auto match = bind_match(compiler, arguments, arguments.strings(0));
  const bool percent = arguments.tag("percent") != nullptr;
  return std::make_unique<ScanTest>(scale, percent, std::move(match), arguments.strings(0));
}

} // namespace sieve
