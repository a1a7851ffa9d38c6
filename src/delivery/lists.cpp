// SPDX-License-Identifier: MIT
#include "delivery/lists.h"

#include "delivery/attempt.h"
#include "delivery/user_text.h"

#include <algorithm>
#include <stdexcept>

namespace delivery {

namespace {

std::string replace_list(std::string path, std::string_view name) {
  static constexpr std::string_view word = "{list}";
  for (auto at = path.find(word); at != std::string::npos; at = path.find(word, at + name.size()))
    path.replace(at, word.size(), name);
  return path;
}

std::vector<std::string> entries_of(std::string_view text) {
  std::vector<std::string> entries;
  for (const auto line : base::split(text, '\n'))
    if (const auto entry = base::trim(line); !entry.empty() && entry[0] != '#') entries.emplace_back(entry);
  return entries;
}

/// A line of key, a line of value; the keys of lists have a prefix.
std::vector<std::string> keys_of(std::string_view text) {
  static constexpr std::string_view prefix = "priv/sieve/extlists/";
  std::vector<std::string> keys;
  const auto lines = base::split(text, '\n');
  for (std::size_t i = 0; i < lines.size(); i += 2)
    if (const auto key = base::trim(lines[i]); key.starts_with(prefix))
      keys.emplace_back(key.substr(prefix.size()));
  return keys;
}

} // namespace

std::optional<Lists::Source> Lists::dictionary_of(const std::string& list) const {
  static const std::string root = "sieve_extlists_list/";
  static constexpr std::string_view end = "/dict/file/path";
  const auto& keys = settings_.sieve;
  for (const auto& [key, path] : keys) {
    if (!key.starts_with(root) || !key.ends_with(end)) continue;
    const std::string prefix = key.substr(0, key.size() - end.size());
    const auto name = keys.find(prefix + "/name");
    if ((name == keys.end() ? prefix.substr(root.size()) : name->second) != list) continue;
    Source source{expand(path, account_), true};
    const auto size = keys.find(prefix + "/max_lookup_size");
    attempt("max_lookup_size is no size", [&] {
      if (size != keys.end()) source.longest_value = parse_size(size->second);
    });
    return source;
  }
  return std::nullopt;
}

std::optional<Lists::Source> Lists::source_of(const std::string& list) const {
  for (const auto& [name, path] : settings_.lists) {
    if (name.back() != '*') {
      if (name == list) return Source{expand(path, account_)};
      continue;
    }
    const std::string_view prefix(name.data(), name.size() - 1);
    if (!list.starts_with(prefix)) continue;
    const std::string rest = list.substr(prefix.size());
    if (safe_name(rest)) return Source{replace_list(expand(path, account_), rest)};
  }
  return dictionary_of(list);
}

const std::optional<Lists::List>& Lists::find(const std::string& list) const {
  const auto [place, is_new] = known_.try_emplace(list);
  auto& found = place->second;
  if (!is_new) return found;
  attempt("a list cannot be used", [&, &found = found] {
    const auto source = source_of(list);
    const auto text = source ? read_user_text(source->path, account_, largest_file) : std::nullopt;
    if (!text) return;
    List read;
    read.members = source->dictionary ? keys_of(*text) : entries_of(*text);
    read.index = {read.members.begin(), read.members.end()};
    read.longest_value = std::min(source->longest_value, longest_value);
    found = std::move(read);
  });
  return found;
}

std::optional<bool> Lists::contains(const std::string& list, const std::string& value) const {
  const auto& found = find(list);
  if (!found) return std::nullopt;
  return value.size() <= found->longest_value && found->index.contains(value);
}

std::optional<std::vector<std::string>> Lists::members(const std::string& list) const {
  const auto& found = find(list);
  return found ? std::optional(found->members) : std::nullopt;
}

} // namespace delivery
