// SPDX-License-Identifier: MIT
// foreverypart (RFC 5703 section 3): complete. foreverypart [:name], break [:name]. Parts are visited depth
// first, the message itself before them; a loop in a loop goes through what the current part holds. A loop
// that stands in an included script counts as inside the loops around the include command; break leaves loops
// of its own script only.
#include "base/ascii.h"
#include "sieve/compiler.h"
#include "sieve/execution.h"
#include "sieve/parts.h"

#include <algorithm>

namespace sieve {

namespace {

class ForEveryPart final : public Command {
public:
  Block block;

  Flow run(Execution& execution) const override {
    PartLoop loop(execution, position);
    for (bool more = loop.begin(); more; more = loop.next()) {
      execution.spend();
      const Flow flow = execution.run(block);
      if (flow == Flow::leave && execution.leaving() == this) return Flow::next;
      if (flow != Flow::next) return flow;
    }
    return Flow::next;
  }
};

/// The parameter of :name; empty if there is none. Nothing, and an error, if it is not constant.
std::optional<std::string> name_of(Compiler& compiler, const Arguments& arguments) {
  const TagUse* tag = arguments.tag("name");
  if (tag == nullptr) return std::string();
  if (tag->string().constant()) return std::string(tag->string().literal());
  compiler.error(tag->string().position, "the name of a loop must be a constant string");
  return std::nullopt;
}

std::unique_ptr<Command> compile_foreverypart(Compiler& compiler, Arguments& arguments) {
  auto node = std::make_unique<ForEveryPart>();
  const auto name = name_of(compiler, arguments);
  auto& open = compiler.slot<LoopScopes>().open;
  open.push_back({node.get(), name.value_or("")});
  const std::size_t most = compiler.limits().nested_loops;
  if (open.size() > most) {
    compiler.error(arguments.position(),
                   "foreverypart: more than " + std::to_string(most) + " loops inside one another");
  }
  node->block = compiler.block(arguments);
  compiler.slot<LoopScopes>().open.pop_back();
  return node;
}

class Break final : public Command {
public:
  explicit Break(const void* loop) : loop_(loop) {}
  Flow run(Execution& execution) const override { return execution.leave(loop_); }

private:
  const void* loop_;
};

std::unique_ptr<Command> compile_break(Compiler& compiler, Arguments& arguments) {
  const auto name = name_of(compiler, arguments);
  if (!name) return nullptr;
  const bool named = arguments.tag("name") != nullptr;
  const auto& open = compiler.slot<LoopScopes>().open;
  const auto found = std::find_if(open.rbegin(), open.rend(), [&](const LoopScopes::Scope& scope) {
    return !named || scope.name == *name;
  });
  if (found != open.rend()) return std::make_unique<Break>(found->loop);
  compiler.error(arguments.position(),
                 named ? "break: there is no loop `" + base::printable(*name) + "' around it"
                       : "break stands outside of any loop");
  return nullptr;
}

constexpr TagSpec name_tags[] = {{.name = "name", .parameter = Type::string}};
constexpr CommandSpec commands[] = {
    {.name = "foreverypart", .block = true, .tags = name_tags, .compile = compile_foreverypart},
    {.name = "break", .tags = name_tags, .compile = compile_break}};

} // namespace

extern const Extension foreverypart_extension;
constinit const Extension foreverypart_extension = {
    .name = "foreverypart", .rfc = "5703", .commands = commands};

} // namespace sieve
