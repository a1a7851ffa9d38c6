// SPDX-License-Identifier: MIT
// header (RFC 5228 section 5.7).
#include "sieve/compiler.h"
#include "sieve/execution.h"
#include "sieve/fields.h"
#include "sieve/match.h"

namespace sieve {

namespace {

class HeaderTest final : public Test {
public:
  HeaderTest(FieldQuery query, Match match, TextList keys)
      : query_(std::move(query)), match_(std::move(match)), keys_(std::move(keys)) {}

  bool test(Execution& execution) const override {
    ValueList values;
    field_values(execution, query_, values);
    return run_match(execution, match_, values, keys_);
  }

private:
  FieldQuery query_;
  Match match_;
  TextList keys_;
};

std::unique_ptr<Test> compile_header(Compiler& compiler, Arguments& arguments) {
  auto match = bind_match(compiler, arguments, arguments.strings(1));
  return std::make_unique<HeaderTest>(bind_fields(compiler, arguments, 0), std::move(match),
                                      arguments.take_strings(1));
}

constexpr Type two_lists[] = {Type::strings, Type::strings};
constexpr TestSpec tests[] = {
    {.name = "header", .positionals = two_lists, .groups = matching_groups, .compile = compile_header}};

} // namespace

extern const Extension core_header;
constinit const Extension core_header = {.name = "", .rfc = "5228", .tests = tests};

} // namespace sieve
