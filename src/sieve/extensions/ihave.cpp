// SPDX-License-Identifier: MIT
// ihave (RFC 5463): complete. ihave is decided when the script is compiled: what it has is ready from there
// on, and a branch that wants what is not there is never looked at. Use before the test is an error of the
// script, not only of its run. error ends the script.
#include "base/ascii.h"
#include "sieve/compiler.h"
#include "sieve/execution.h"
#include "sieve/older_forms.h"

#include <algorithm>

namespace sieve {

namespace {

class IhaveTest final : public Test {
public:
  explicit IhaveTest(bool has) : has_(has) {}
  bool test(Execution&) const override { return has_; }
  std::optional<bool> constant() const override { return has_; }

private:
  bool has_;
};

/// Null where it is not there, or would change how the script is read (section 4).
const Extension* to_be_had(const Compiler& compiler, const Text& capability) {
  const Extension* extension = compiler.usable(capability.literal());
  if (extension == nullptr || extension->by_ihave || compiler.active(*extension)) return extension;
  return nullptr;
}

std::unique_ptr<Test> compile_ihave(Compiler& compiler, Arguments& arguments) {
  std::vector<const Extension*> extensions;
  for (const Text& capability : arguments.strings(0)) {
    if (!capability.constant()) {
      compiler.error(capability.position, "ihave: the capability must be a constant string");
      return nullptr;
    }
    extensions.push_back(to_be_had(compiler, capability));
  }
  const bool has = std::find(extensions.begin(), extensions.end(), nullptr) == extensions.end();
  if (has) {
    for (const Extension* extension : extensions)
      activate_one_form(compiler, *extension, arguments.position());
  }
  return std::make_unique<IhaveTest>(has);
}

class ErrorCommand final : public Command {
public:
  explicit ErrorCommand(Text message) : message_(std::move(message)) {}
  Flow run(Execution& execution) const override { throw ScriptError(position, message_.value(execution)); }

private:
  Text message_;
};

std::unique_ptr<Command> compile_error(Compiler&, Arguments& arguments) {
  return std::make_unique<ErrorCommand>(arguments.string(0));
}

constexpr Type one_string[] = {Type::string};
constexpr Type one_list[] = {Type::strings};
constexpr CommandSpec commands[] = {{.name = "error", .positionals = one_string, .compile = compile_error}};
constexpr TestSpec tests[] = {{.name = "ihave", .positionals = one_list, .compile = compile_ihave}};

} // namespace

extern const Extension ihave_extension;
constinit const Extension ihave_extension = {
    .name = "ihave", .rfc = "5463", .commands = commands, .tests = tests};

} // namespace sieve
