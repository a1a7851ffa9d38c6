// SPDX-License-Identifier: MIT
// vnd.dovecot.environment (spec-bosch-sieve-dovecot-environment): complete. More items for environment, among
// them vnd.dovecot.config.X, which is the setting sieve_environment/X; and all items as variables
// ${env.item}, with _ for the - of a name.
#include "sieve/compiler.h"
#include "sieve/environment.h"
#include "sieve/variables.h"

#include <algorithm>

namespace sieve {

namespace {

constexpr std::string_view config_prefix = "vnd.dovecot.config.";

std::optional<std::string> dovecot_item(Execution& execution, const std::string& name) {
  if (name == "vnd.dovecot.default-mailbox") return "INBOX";
  if (name == "vnd.dovecot.username") return execution.state().envelope.user;
  if (!name.starts_with(config_prefix) || name.size() == config_prefix.size()) return std::nullopt;
  auto value = execution.host().setting("sieve_environment/" + name.substr(config_prefix.size()));
  if (value.empty()) return std::nullopt;
  return value;
}

class EnvironmentVariable final : public Reference {
public:
  explicit EnvironmentVariable(std::string_view name) : name_(name), item_(name) {
    std::replace(item_.begin(), item_.end(), '_', '-');
  }
  std::string value(Execution& execution) const override {
    if (auto value = environment_item(execution, item_)) return *value;
    // A setting may have a _ of its own.
    return environment_item(execution, name_).value_or("");
  }

private:
  std::string name_;
  std::string item_;
};

std::shared_ptr<const Reference> reference(Compiler&, Position, std::string_view rest) {
  return std::make_shared<EnvironmentVariable>(rest);
}

void activate_environment(Compiler& compiler) { compiler.activate(*find_extension("environment")); }

constexpr NamespaceSpec namespaces[] = {{.name = "env", .reference = reference}};
constexpr SettingSpec settings[] = {
    {"sieve_environment/X", "", "the value of the environment item vnd.dovecot.config.X, for any X"}};

} // namespace

extern const Extension vnd_dovecot_environment_extension;
constinit const Extension vnd_dovecot_environment_extension = {.name = "vnd.dovecot.environment",
                                                               .rfc = "spec-bosch-sieve-dovecot-environment",
                                                               .namespaces = namespaces,
                                                               .settings = settings,
                                                               .on_require = activate_environment,
                                                               .environment_item = dovecot_item};

} // namespace sieve
