// SPDX-License-Identifier: MIT
// true, false, not, allof, anyof (RFC 5228 section 5). Lists stop at the first test that decides, so that its
// match values are the ones that stay.
#include "sieve/compiler.h"
#include "sieve/execution.h"

#include <algorithm>

namespace sieve {

namespace {

class Constant final : public Test {
public:
  explicit Constant(bool value) : value_(value) {}
  bool test(Execution&) const override { return value_; }
  std::optional<bool> constant() const override { return value_; }

private:
  bool value_;
};

class Not final : public Test {
public:
  explicit Not(std::unique_ptr<Test> inner) : inner_(std::move(inner)) {}
  bool test(Execution& execution) const override { return !execution.test(*inner_); }
  std::optional<bool> constant() const override {
    const auto value = inner_->constant();
    return value ? std::optional<bool>(!*value) : std::nullopt;
  }

private:
  std::unique_ptr<Test> inner_;
};

/// allof and anyof differ in the result that ends the list.
class List final : public Test {
public:
  List(bool deciding, std::vector<std::unique_ptr<Test>> tests)
      : deciding_(deciding), tests_(std::move(tests)) {}

  bool test(Execution& execution) const override {
    const auto decides = [&](const auto& test) { return execution.test(*test) == deciding_; };
    return std::any_of(tests_.begin(), tests_.end(), decides) == deciding_;
  }

  std::optional<bool> constant() const override {
    bool all_known = true;
    for (const auto& test : tests_) {
      const auto value = test->constant();
      if (value == deciding_) return deciding_;
      all_known = all_known && value.has_value();
    }
    return all_known ? std::optional<bool>(!deciding_) : std::nullopt;
  }

private:
  bool deciding_;
  std::vector<std::unique_ptr<Test>> tests_;
};

template <bool value>
std::unique_ptr<Test> compile_constant(Compiler&, Arguments&) {
  return std::make_unique<Constant>(value);
}

template <bool deciding>
std::unique_ptr<Test> compile_list(Compiler&, Arguments& arguments) {
  return std::make_unique<List>(deciding, std::move(arguments.tests));
}

std::unique_ptr<Test> compile_not(Compiler&, Arguments& arguments) {
  return std::make_unique<Not>(std::move(arguments.tests.front()));
}

constexpr TestSpec tests[] = {
    {.name = "true", .compile = compile_constant<true>},
    {.name = "false", .compile = compile_constant<false>},
    {.name = "not", .tests = SubTests::one, .compile = compile_not},
    {.name = "allof", .tests = SubTests::list, .deciding = false, .compile = compile_list<false>},
    {.name = "anyof", .tests = SubTests::list, .deciding = true, .compile = compile_list<true>},
};

} // namespace

extern const Extension core_logic;
constinit const Extension core_logic = {.name = "", .rfc = "5228", .tests = tests};

} // namespace sieve
