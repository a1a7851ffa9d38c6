// SPDX-License-Identifier: MIT
// A script's run told step by step: its lines in the order in which they ran, under each what its tests saw
// and what it did. No line is wider than 80 columns, so that it can be pasted into a ticket.
#pragma once

#include "sieve/trace.h"
#include "tools/style.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace tools {

class TracePrinter final : public sieve::TraceSink {
public:
  using Print = std::function<void(std::string_view)>;
  explicit TracePrinter(Print print, Style style = {}) : print_(std::move(print)), style_(style) {}

  void command(const sieve::Script& script, const sieve::Command& command) override;
  void testing(const sieve::Script& script, const sieve::Test& test) override;
  void compared(const sieve::ValueList& values, const std::vector<std::string_view>& keys) override;
  void hit(std::string_view value, std::string_view key) override;
  void matched(const std::vector<std::string>& values) override;
  void tested(const sieve::Script& script, const sieve::Test& test, bool result) override;
  void otherwise(const sieve::Script& script, sieve::Position position) override;
  void variable(const std::string& name, const std::string& value) override;
  void flags(const std::vector<std::string>& flags) override;
  void action(const sieve::Action& action) override;

private:
  void source(const sieve::Script& script, sieve::Position position);
  /// The name of the test that began last, unless it was told already.
  void tell_test();
  void tell(const std::string& text, std::optional<Style::Code> code = {});
  void tell_text(const std::string& label, std::string_view text, std::optional<Style::Code> code = {});
  void show(const std::string& line, std::optional<Style::Code> code);

  Print print_;
  const sieve::Script* script_ = nullptr;
  unsigned line_ = 0;
  std::size_t depth_ = 0;  // of tests that have begun
  std::string_view begun_; // the test whose name waits to be told
  bool branching_ = false; // the command that runs is an if
  bool ambiguous_ = false; // the test compared more than one value and key
  Style style_;
};

} // namespace tools
