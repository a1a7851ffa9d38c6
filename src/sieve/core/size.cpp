// SPDX-License-Identifier: MIT
// size (RFC 5228 section 5.9): of the message as it is now, edits included, in octets with CRLF line ends.
#include "sieve/compiler.h"
#include "sieve/execution.h"

namespace sieve {

namespace {

class SizeTest final : public Test {
public:
  SizeTest(bool over, std::uint64_t limit) : over_(over), limit_(limit) {}
  bool test(Execution& execution) const override {
    const std::size_t size = execution.message().crlf_size();
    if (execution.trace() != nullptr) {
      ValueList values;
      values.add(std::to_string(size));
      execution.compared(values, {std::to_string(limit_)});
    }
    return over_ ? size > limit_ : size < limit_;
  }

private:
  bool over_;
  std::uint64_t limit_;
};

std::unique_ptr<Test> compile_size(Compiler& compiler, Arguments& arguments) {
  if (arguments.tags().size() != 1) {
    compiler.error(arguments.position(), "`size' wants one of :over and :under");
    return nullptr;
  }
  return std::make_unique<SizeTest>(arguments.tag("over") != nullptr, arguments.number(0));
}

constexpr Type one_number[] = {Type::number};
constexpr TagSpec size_tags[] = {{.name = "over"}, {.name = "under"}};
constexpr TestSpec tests[] = {
    {.name = "size", .positionals = one_number, .tags = size_tags, .compile = compile_size}};

} // namespace

extern const Extension core_size;
constinit const Extension core_size = {.name = "", .rfc = "5228", .tests = tests};

} // namespace sieve
