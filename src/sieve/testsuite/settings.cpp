// SPDX-License-Identifier: MIT
// test_config_set, test_config_unset, test_config_reload.
#include "base/ascii.h"
#include "sieve/compiler.h"
#include "sieve/execution.h"
#include "sieve/testsuite/known_settings.h"
#include "sieve/testsuite/language.h"
#include "sieve/testsuite/world.h"

namespace sieve::testsuite {

namespace {

/// Settings that a setting of earlier releases stands for; the setting itself if it is none.
std::vector<std::pair<std::string, std::string>> current_settings(const std::string& key,
                                                                  const std::string& value) {
  static const std::string environment = "sieve_env_", lists = "sieve_editheader_";
  if (key.starts_with(environment)) return {{"sieve_environment/" + key.substr(environment.size()), value}};
  if (key == "sieve_vacation_dont_check_recipient") {
    const bool unchecked = base::equal_ignoring_case(base::trim(value), "yes");
    return {{"sieve_vacation_check_recipient", unchecked ? "no" : "yes"}};
  }
  std::vector<std::pair<std::string, std::string>> settings;
  for (const std::string what : {"forbid_add", "forbid_delete"}) {
    if (key != lists + what && key != lists + "protected") continue;
    for (const auto field : base::words(value)) {
      settings.emplace_back("sieve_editheader_header/" + std::string(field) + "/" + what, "yes");
    }
  }
  if (settings.empty()) settings.emplace_back(key, value);
  return settings;
}

class SetSetting final : public Command {
public:
  SetSetting(Text key, std::optional<Text> value) : key_(std::move(key)), value_(std::move(value)) {}
  Flow run(Execution& execution) const override {
    World& world = World::of(execution);
    const std::string key = key_.value(execution);
    // The setting itself stays too, so that unset knows what it stood for.
    for (const auto& [current, old] : current_settings(key, world.pending[key])) world.pending.erase(current);
    world.pending.erase(key);
    if (!value_) return Flow::next;
    world.pending[key] = value_->value(execution);
    for (const auto& [current, value] : current_settings(key, std::string(world.pending[key]))) {
      world.pending[current] = value;
    }
    return Flow::next;
  }

private:
  Text key_;
  std::optional<Text> value_; // none: unset
};

class Reload final : public Command {
public:
  explicit Reload(std::optional<Text> extension) : extension_(std::move(extension)) {}
  Flow run(Execution& execution) const override {
    if (extension_) {
      const std::string wanted = extension_->value(execution);
      if (find_extension(wanted) == nullptr) {
        throw ScriptError(position, "unknown extension `" + base::printable(wanted) + "'");
      }
    }
    World& world = World::of(execution);
    for (const auto& [key, value] : world.pending) {
      if (is_known_setting(key)) continue;
      throw ScriptError(position, "unknown setting `" + base::printable(key) + "'");
    }
    world.reload();
    return Flow::next;
  }

private:
  std::optional<Text> extension_;
};

std::unique_ptr<Command> compile_set(Compiler&, Arguments& arguments) {
  return std::make_unique<SetSetting>(arguments.string(0), arguments.string(1));
}
std::unique_ptr<Command> compile_unset(Compiler&, Arguments& arguments) {
  return std::make_unique<SetSetting>(arguments.string(0), std::nullopt);
}
std::unique_ptr<Command> compile_reload(Compiler&, Arguments& arguments) {
  std::optional<Text> extension;
  if (const TagUse* tag = arguments.tag("extension")) extension = tag->string();
  return std::make_unique<Reload>(std::move(extension));
}

constexpr Type one_string[] = {Type::string};
constexpr Type two_strings[] = {Type::string, Type::string};
constexpr TagSpec reload_tags[] = {{.name = "extension", .parameter = Type::string}};

constexpr CommandSpec commands[] = {
    {.name = "test_config_set", .positionals = two_strings, .compile = compile_set},
    {.name = "test_config_unset", .positionals = one_string, .compile = compile_unset},
    {.name = "test_config_reload", .tags = reload_tags, .compile = compile_reload}};

} // namespace

constinit const Extension settings_language = {.name = "", .rfc = "", .commands = commands};

} // namespace sieve::testsuite
