// SPDX-License-Identifier: MIT
#include "sieve/variables.h"

#include "base/utf8.h"
#include "sieve/compiler.h"
#include "sieve/execution.h"

#include <algorithm>

namespace sieve {

namespace {

bool is_identifier(std::string_view text) {
  if (text.empty() || !(base::is_alpha(text.front()) || text.front() == '_')) return false;
  return std::all_of(text.begin(), text.end(), [](char c) { return base::is_alnum(c) || c == '_'; });
}

bool is_number(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), base::is_digit);
}

VariableMap& map_of(Execution& execution, std::string_view name) {
  auto& local = execution.local().get<LocalVariables>();
  if (!local.global_names.contains(name)) return local.values;
  return execution.slots.get<GlobalVariables>().values;
}

} // namespace

bool VariableName::is_match_value() const { return parts.size() == 1 && is_number(parts.front()); }

std::optional<VariableName> parse_variable_name(std::string_view text) {
  VariableName name;
  for (const auto part : base::split(text, '.')) {
    const bool first = name.parts.empty();
    const bool alone = text.find('.') == std::string_view::npos;
    if (!is_identifier(part) && !(is_number(part) && (!first || alone))) return std::nullopt;
    name.parts.emplace_back(part);
  }
  return name;
}

namespace {

struct InNamespace {
  const NamespaceSpec* space = nullptr;
  std::size_t dot = std::string::npos; // behind the namespace's name
};

/// The longest prefix that is a namespace: "vnd.dovecot.x" has one of several parts.
InNamespace namespace_of(const Compiler& compiler, std::string_view name) {
  for (auto dot = name.rfind('.'); dot != std::string::npos && dot > 0; dot = name.rfind('.', dot - 1)) {
    const NamespaceSpec* space = compiler.find_namespace(name.substr(0, dot));
    if (space != nullptr) return {space, dot};
  }
  return {};
}

} // namespace

bool check_variable_name(Compiler& compiler, Position position, std::string_view name) {
  const auto parsed = parse_variable_name(name);
  const bool known = parsed && (parsed->parts.size() == 1 || namespace_of(compiler, name).space != nullptr);
  if (!known) compiler.error(position, "`" + base::printable(name) + "' is no variable's name");
  return known;
}

std::optional<VariableTarget> bind_variable(Compiler& compiler, Position position, std::string_view name) {
  const auto fail = [&](const std::string& why) {
    compiler.error(position, "variable `" + base::printable(name) + "' " + why);
    return std::nullopt;
  };
  const auto parsed = parse_variable_name(name);
  if (!parsed) return fail("has no valid name");
  if (parsed->is_match_value()) return fail("is a match value and cannot be set");
  if (name.size() > compiler.limits().variable_name_length) return fail("has too long a name");
  if (parsed->is_plain()) {
    compiler.slot<SetVariables>().names.emplace(name);
    return VariableTarget{std::string(name), nullptr, {}, position};
  }
  const auto [space, dot] = namespace_of(compiler, name);
  if (space == nullptr) return fail("is in an unknown namespace");
  if (space->assign == nullptr) return fail("is in a namespace whose variables cannot be set");
  if (space->reference(compiler, position, name.substr(dot + 1)) == nullptr) return std::nullopt;
  return VariableTarget{std::string(name), space, std::string(name.substr(dot + 1)), position};
}

std::string read_variable(Execution& execution, std::string_view name) {
  const VariableMap& map = map_of(execution, name);
  const auto found = map.find(name);
  return found == map.end() ? std::string() : found->second;
}

void set_variable(Execution& execution, const VariableTarget& target, std::string value) {
  value.resize(base::truncate_utf8(value, execution.limits().variable_size).size());
  if (execution.trace() != nullptr) execution.trace()->variable(target.name, value);
  if (target.space != nullptr) {
    target.space->assign(execution, target.position, target.rest, std::move(value));
    return;
  }
  VariableMap& map = map_of(execution, target.name);
  if (map.size() >= execution.limits().variables && !map.contains(target.name)) {
    throw ScriptError(target.position, "the script has too many variables");
  }
  map[target.name] = std::move(value);
}

} // namespace sieve
