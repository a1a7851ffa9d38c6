// SPDX-License-Identifier: MIT
#include "sieve_options.h"

#include "base/ascii.h"
#include "sieve/settings.h"
#include "sieve/spec.h"

#include <algorithm>

namespace {

bool stands_for_any(std::string_view part) {
  return !part.empty() && std::all_of(part.begin(), part.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

bool fills_in(std::string_view name, std::string_view pattern) {
  const auto parts = base::split(name, '/');
  const auto wanted = base::split(pattern, '/');
  return std::equal(parts.begin(), parts.end(), wanted.begin(), wanted.end(), [](auto part, auto want) {
    return part == want || (stands_for_any(want) && !part.empty());
  });
}

} // namespace

std::vector<std::pair<std::string_view, std::string_view>> sieve_options() {
  std::vector<std::pair<std::string_view, std::string_view>> options;
  const auto add = [&](std::span<const sieve::SettingSpec> settings) {
    for (const auto& setting : settings) options.emplace_back(setting.name, setting.default_value);
  };
  add(sieve::engine_settings());
  for (const sieve::Extension* extension : sieve::all_extensions()) add(extension->settings);
  return options;
}

bool is_sieve_option(std::string_view name) {
  const auto options = sieve_options();
  return std::any_of(options.begin(), options.end(),
                     [&](const auto& option) { return fills_in(name, option.first); });
}

bool is_pattern(std::string_view name) {
  const auto parts = base::split(name, '/');
  return std::any_of(parts.begin(), parts.end(), stands_for_any);
}
