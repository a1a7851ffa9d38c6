// SPDX-License-Identifier: MIT
// environment (RFC 5183): complete. The standard items are the host's to answer; items of our own, which the
// envelope knows:
//   vnd.lastmile.user        login name of the recipient
//   vnd.lastmile.queue-id    the queue's name of the message, if the client tells it (XFORWARD IDENT)
//   vnd.lastmile.protocol    how the message came into the mail system (XFORWARD PROTO)
//   vnd.lastmile.helo        how the client there named itself (XFORWARD HELO)
//   vnd.lastmile.delimiter   what divides user and detail of an address
#include "sieve/environment.h"

#include "sieve/compiler.h"
#include "sieve/match.h"

namespace sieve {

namespace {

class EnvironmentTest final : public Test {
public:
  EnvironmentTest(Text item, Match match, TextList keys)
      : item_(std::move(item)), match_(std::move(match)), keys_(std::move(keys)) {}

  bool test(Execution& execution) const override {
    auto value = environment_item(execution, item_.value(execution));
    if (!value) return false; // whatever is asked of it (section 4)
    ValueList values;
    values.counted = value->empty() ? 0 : 1;
    values.add(std::move(*value));
    return run_match(execution, match_, values, keys_);
  }

private:
  Text item_;
  Match match_;
  TextList keys_;
};

std::unique_ptr<Test> compile_environment(Compiler& compiler, Arguments& arguments) {
  auto match = bind_match(compiler, arguments, arguments.strings(1));
  return std::make_unique<EnvironmentTest>(arguments.string(0), std::move(match), arguments.strings(1));
}

std::optional<std::string> own_item(Execution& execution, const std::string& name) {
  const MessageEnvelope& envelope = execution.state().envelope;
  const mail::Client& client = envelope.transaction.client;
  if (name == "vnd.lastmile.user") return envelope.user;
  if (name == "vnd.lastmile.queue-id") return client.queue_id;
  if (name == "vnd.lastmile.protocol") return client.protocol;
  if (name == "vnd.lastmile.helo") return client.helo;
  if (name == "vnd.lastmile.delimiter") return envelope.recipient_delimiter;
  return std::nullopt;
}

constexpr Type item_and_keys[] = {Type::string, Type::strings};
constexpr TestSpec tests[] = {{.name = "environment",
                               .positionals = item_and_keys,
                               .groups = matching_groups,
                               .compile = compile_environment}};

} // namespace

std::optional<std::string> environment_item(Execution& execution, const std::string& name) {
  if (auto value = execution.host().environment(name)) return value;
  for (const Extension* extension : execution.script().active) {
    if (extension->environment_item == nullptr) continue;
    if (auto value = extension->environment_item(execution, name)) return value;
  }
  return std::nullopt;
}

extern const Extension environment_extension;
constinit const Extension environment_extension = {
    .name = "environment", .rfc = "5183", .tests = tests, .environment_item = own_item};

} // namespace sieve
