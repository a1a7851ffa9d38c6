// SPDX-License-Identifier: MIT
// External lists (RFC 6134) of a test: settings sieve_extlists_list/NAME/..., with dictionaries in files.
#include "base/ascii.h"
#include "sieve/list_name.h"
#include "sieve/settings.h"
#include "sieve/testsuite/dictionary.h"
#include "sieve/testsuite/world.h"

#include <algorithm>

namespace sieve::testsuite {

namespace {

const std::string root = "sieve_extlists_list";

/// The settings' prefix of the list of that name: listed under a name of its own, or by the name alone.
std::optional<std::string> prefix_of(const World& world, const std::string& list) {
  for (const auto& [key, value] : world.settings) {
    if (!key.starts_with(root + "/") || !key.ends_with("/name") || canonical_list_name(value) != list)
      continue;
    return key.substr(0, key.size() - std::string("name").size());
  }
  const std::string listed = world.setting(root);
  for (const auto word : base::words(listed)) {
    const std::string prefix = root + "/" + std::string(word) + "/";
    if (word == list && world.setting(prefix + "name").empty()) return prefix;
  }
  return std::nullopt;
}

} // namespace

/// Nothing if the settings name no such list. A list without dictionary is empty.
std::optional<std::vector<std::string>> World::list_members(const std::string& list) const {
  static constexpr std::string_view key_prefix = "priv/sieve/extlists/";
  const auto prefix = prefix_of(*this, list);
  if (!prefix) return std::nullopt;
  std::vector<std::string> members;
  for (const auto& [key, value] : read_dictionary(setting(*prefix + "dict/file/path"))) {
    if (key.starts_with(key_prefix)) members.push_back(key.substr(key_prefix.size()));
  }
  return members;
}

std::optional<bool> World::list_contains(const std::string& list, const std::string& value) const {
  const auto members = list_members(list);
  if (!members) return std::nullopt;
  const auto longest = parse_size(setting(*prefix_of(*this, list) + "max_lookup_size"));
  if (longest && *longest > 0 && value.size() > *longest) return false;
  return std::any_of(members->begin(), members->end(),
                     [&](const std::string& member) { return base::equal_ignoring_case(member, value); });
}

} // namespace sieve::testsuite
