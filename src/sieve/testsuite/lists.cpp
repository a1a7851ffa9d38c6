// SPDX-License-Identifier: MIT
// External lists (RFC 6134) of a test: settings sieve_extlists_list/NAME/..., with dictionaries in files.
#include "base/ascii.h"
#include "base/file.h"
#include "sieve/testsuite/world.h"

#include <algorithm>

namespace sieve::testsuite {

namespace {

/// The members of a dictionary file: alternating lines of key and value, keys "priv/sieve/extlists/<member>".
std::vector<std::string> read_dictionary(const std::string& path) {
  static constexpr std::string_view prefix = "priv/sieve/extlists/";
  constexpr std::size_t largest = 1024 * 1024;
  std::vector<std::string> members;
  std::string text;
  try {
    text = base::read_whole_file(path, largest);
  } catch (const std::exception&) {
    return members;
  }
  const auto lines = base::split(text, '\n');
  for (std::size_t i = 0; i < lines.size(); i += 2) {
    const auto key = base::trim(lines[i]);
    if (key.substr(0, prefix.size()) == prefix) members.emplace_back(key.substr(prefix.size()));
  }
  return members;
}

} // namespace

/// Nothing if the settings name no such list. A list without dictionary is empty.
std::optional<std::vector<std::string>> World::list_members(const std::string& list) const {
  static const std::string root = "sieve_extlists_list";
  for (const auto& [key, value] : settings) {
    if (!key.starts_with(root + "/") || !key.ends_with("/name") || value != list) continue;
    const std::string base_key = key.substr(0, key.size() - std::string("name").size());
    const std::string path = setting(base_key + "dict/file/path");
    return path.empty() ? std::vector<std::string>() : read_dictionary(path);
  }
  return std::nullopt;
}

std::optional<bool> World::list_contains(const std::string& list, const std::string& value) const {
  const auto members = list_members(list);
  if (!members) return std::nullopt;
  return std::any_of(members->begin(), members->end(),
                     [&](const std::string& member) { return base::equal_ignoring_case(member, value); });
}

} // namespace sieve::testsuite
