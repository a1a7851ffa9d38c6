// SPDX-License-Identifier: MIT
// keep, discard, redirect (RFC 5228 section 4).
#include "base/ascii.h"
#include "sieve/compiler.h"
#include "sieve/execution.h"
#include "sieve/single_address.h"

#include <algorithm>

namespace sieve {

namespace {

class KeepCommand final : public Command {
public:
  explicit KeepCommand(std::vector<TagUse> tags) : tags_(std::move(tags)) {}
  Flow run(Execution& execution) const override {
    execution.act(Keep{execution.state().snapshot(), {}}, *this, tags_);
    return Flow::next;
  }

private:
  std::vector<TagUse> tags_;
};

class DiscardCommand final : public Command {
public:
  Flow run(Execution& execution) const override {
    execution.act(Discard{}, *this);
    return Flow::next;
  }
};

/// The tag that says what else than an address the argument of redirect is; or null.
const TagUse* naming_tag(const std::vector<TagUse>& tags) {
  const auto names = [](const TagUse& use) { return use.spec->recipients != nullptr; };
  const auto found = std::find_if(tags.begin(), tags.end(), names);
  return found == tags.end() ? nullptr : &*found;
}

class RedirectCommand final : public Command {
public:
  RedirectCommand(Text address, std::vector<TagUse> tags)
      : address_(std::move(address)), tags_(std::move(tags)) {}

  Flow run(Execution& execution) const override {
    for (const auto& text : recipients(execution)) {
      const auto target = single_address(text);
      if (!target) {
        throw ScriptError(address_.position, "redirect: `" + base::printable(text) + "' is no address");
      }
      Redirect redirect{execution.state().unenclosed(), target->address, {}, mail::Ret::unspecified, {}};
      execution.act(std::move(redirect), *this, tags_);
    }
    return Flow::next;
  }

private:
  std::vector<std::string> recipients(Execution& execution) const {
    std::string text = address_.value(execution);
    const TagUse* tag = naming_tag(tags_);
    if (tag != nullptr) return tag->spec->recipients(execution, *tag, text);
    return {std::move(text)};
  }

  Text address_;
  std::vector<TagUse> tags_;
};

std::unique_ptr<Command> compile_keep(Compiler&, Arguments& arguments) {
  return std::make_unique<KeepCommand>(arguments.tags());
}

std::unique_ptr<Command> compile_discard(Compiler&, Arguments&) { return std::make_unique<DiscardCommand>(); }

std::unique_ptr<Command> compile_redirect(Compiler& compiler, Arguments& arguments) {
  const Text& address = arguments.string(0);
  const bool is_address = naming_tag(arguments.tags()) == nullptr;
  if (is_address && address.constant() && !single_address(address.literal())) {
    compiler.error(address.position, "redirect: `" + base::printable(address.literal()) + "' is no address");
    return nullptr;
  }
  if (compiler.limits().redirects == 0) {
    compiler.error(arguments.position(), "redirect is not allowed here");
    return nullptr;
  }
  return std::make_unique<RedirectCommand>(address, arguments.tags());
}

constexpr Type one_string[] = {Type::string};

constexpr CommandSpec commands[] = {
    {.name = "keep", .compile = compile_keep},
    {.name = "discard", .compile = compile_discard},
    {.name = "redirect", .positionals = one_string, .compile = compile_redirect},
};

} // namespace

extern const Extension core_actions;
constinit const Extension core_actions = {.name = "", .rfc = "5228", .commands = commands};

} // namespace sieve
