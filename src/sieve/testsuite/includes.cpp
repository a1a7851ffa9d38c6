// SPDX-License-Identifier: MIT
// Where the include of a test finds scripts: beside the test file, or where the settings
// sieve_script/included and sieve_script/included-global say.
#include "base/file.h"
#include "sieve/testsuite/dictionary.h"
#include "sieve/testsuite/world.h"

#include <algorithm>
#include <filesystem>

namespace sieve::testsuite {

namespace {

/// A dictionary gives a script's name an id, and the id the script.
std::optional<std::string> script_in(const std::string& dictionary, const std::string& name) {
  const auto entries = read_dictionary(dictionary);
  const auto find = [&](const std::string& key) {
    const auto found =
        std::find_if(entries.begin(), entries.end(), [&](const auto& entry) { return entry.first == key; });
    return found == entries.end() ? std::nullopt : std::optional<std::string>(found->second);
  };
  const auto id = find("priv/sieve/name/" + name);
  return id ? find("priv/sieve/data/" + *id) : std::nullopt;
}

/// The path among a storage's settings, whatever of its ways to say one was taken; empty: none was.
std::string storage_path(const World& world, const std::string& prefix) {
  for (const auto& [key, value] : world.settings) {
    const bool compiled = key.ends_with("bin_path"); // where compiled scripts would go
    if (key.starts_with(prefix) && key.ends_with("path") && !compiled && !value.empty()) return value;
  }
  return {};
}

std::optional<std::string> read_if_there(const std::string& path, std::size_t limit) {
  try {
    return base::read_whole_file(path, limit);
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

} // namespace

std::optional<std::string> World::script(ScriptLocation location, const std::string& name) const {
  const std::string storage = location == ScriptLocation::personal ? "included" : "included-global";
  const std::string path = storage_path(*this, "sieve_script/" + storage + "/");
  std::error_code ignored;
  const bool dictionary = std::filesystem::is_regular_file(path, ignored);
  const std::string folder = path.empty() ? directory_ + "/" + storage : path;
  const std::string file = folder + "/" + name + ".sieve";
  auto source = dictionary ? script_in(path, name) : read_if_there(file, state_->limits.script_size + 1);
  if (source) included_.push_back({name, dictionary ? path + ": " + name : file, *source});
  return source;
}

} // namespace sieve::testsuite
