// SPDX-License-Identifier: MIT
#include "base/command_line.h"

#include <algorithm>

namespace base {

namespace {

bool stands_for(std::string_view pattern, std::string_view name) {
  if (!pattern.ends_with('*')) return pattern == name;
  pattern.remove_suffix(1);
  return name.starts_with(pattern) && name != pattern;
}

} // namespace

CommandLine::CommandLine(std::span<const OptionSpec> specs, std::span<const char* const> arguments)
    : specs_(specs), rest_(arguments) {
  bool options = true;
  while (!rest_.empty()) {
    const std::string_view argument = rest_.front();
    rest_ = rest_.subspan(1);
    if (!options || argument.size() < 2 || argument.front() != '-') {
      operands_.emplace_back(argument);
    } else if (argument == "--") {
      options = false;
    } else if (argument[1] == '-') {
      long_option(argument.substr(2));
    } else {
      short_options(argument.substr(1));
    }
  }
}

std::optional<std::string> CommandLine::value(std::string_view option) const {
  const auto found =
      std::find_if(given_.rbegin(), given_.rend(), [&](const auto& one) { return one.first == option; });
  return found == given_.rend() ? std::nullopt : std::optional(found->second);
}

void CommandLine::long_option(std::string_view text) {
  const auto equals = text.find('=');
  const std::string_view name = text.substr(0, equals);
  const std::string shown = "--" + std::string(name);
  const auto spec = std::find_if(specs_.begin(), specs_.end(),
                                 [&](const OptionSpec& one) { return stands_for(one.name, name); });
  if (spec == specs_.end()) throw UnknownOption(shown);
  std::optional<std::string_view> attached;
  if (equals != std::string_view::npos) attached = text.substr(equals + 1);
  add(*spec, name, shown, attached);
}

void CommandLine::short_options(std::string_view letters) {
  while (!letters.empty()) {
    const char letter = letters.front();
    letters.remove_prefix(1);
    const std::string shown = std::string("-") + letter;
    const auto spec = std::find_if(specs_.begin(), specs_.end(),
                                   [&](const OptionSpec& one) { return one.letter == letter; });
    if (spec == specs_.end()) throw UnknownOption(shown);
    std::optional<std::string_view> attached;
    if (!spec->parameter.empty() && !letters.empty()) attached = std::exchange(letters, {});
    add(*spec, spec->name, shown, attached);
  }
}

void CommandLine::add(const OptionSpec& spec, std::string_view name, const std::string& shown,
                      std::optional<std::string_view> attached) {
  if (spec.parameter.empty() && attached) throw UsageError("option " + shown + " takes no value");
  if (!spec.parameter.empty() && !attached) {
    if (rest_.empty()) throw UsageError("option " + shown + " wants " + std::string(spec.parameter));
    attached = rest_.front();
    rest_ = rest_.subspan(1);
  }
  given_.emplace_back(name, std::string(attached.value_or("")));
}

} // namespace base
