// SPDX-License-Identifier: MIT
// External lists (RFC 6134) as files: an entry in each line, '#' begins a comment line. Which file a list's
// name means is said by the setting `lists`, or by sieve_extlists_list/NAME/... for files in the form of
// Dovecot's dictionaries.
#pragma once

#include "base/ascii.h"
#include "delivery/account.h"

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace delivery {

class Lists {
public:
  static constexpr std::size_t largest_file = 1024 * 1024;
  static constexpr std::size_t longest_value = 1024; // octets; a longer one is in no list

  /// Both outlive it. Reads nothing yet.
  Lists(const Settings& settings, const Account& account) : settings_(settings), account_(account) {}

  /// ASCII case ignored. Nothing if there is no such list, or its file cannot be used (logged).
  std::optional<bool> contains(const std::string& list, const std::string& value) const;
  /// In the file's order.
  std::optional<std::vector<std::string>> members(const std::string& list) const;

private:
  struct Source {
    std::string path;
    bool dictionary = false;
    std::size_t longest_value = Lists::longest_value;
  };
  struct List {
    std::vector<std::string> members;
    std::set<std::string, base::IgnoringCaseLess> index;
    std::size_t longest_value = Lists::longest_value;
  };

  const std::optional<List>& find(const std::string& list) const;
  std::optional<Source> source_of(const std::string& list) const;
  std::optional<Source> dictionary_of(const std::string& list) const;

  const Settings& settings_;
  const Account& account_;
  mutable std::map<std::string, std::optional<List>> known_; // each file is read once in a delivery
};

} // namespace delivery
