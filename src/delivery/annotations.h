// SPDX-License-Identifier: MIT
// Annotations of mailboxes and of the server (RFC 5464) from two files, the user's and the administrator's:
//
//   # mailbox     annotation          value
//   "Lists/walks" /private/comment    Where we meet
//   ""            /shared/comment     the server's
//
// A mailbox or value with blanks stands in quotes; in these a backslash takes the next character as it is.
#pragma once

#include "delivery/account.h"
#include "delivery/folder_name.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace delivery {

struct Annotation {
  std::optional<FolderName> folder; // nothing: the server
  std::string name;                 // "/private/comment"
  std::string value;
};

/// Lines that cannot be read are logged and passed over.
std::vector<Annotation> parse_annotations(std::string_view text, const std::string& path);

class Annotations {
public:
  static constexpr std::size_t largest_file = 256 * 1024;

  /// Both outlive it. Reads nothing yet.
  Annotations(const Settings& settings, const Account& account) : settings_(settings), account_(account) {}

  /// The user's before the administrator's, except that the server's /shared/ ones are the administrator's
  /// alone. Without a folder: of the server. Names have no case (RFC 5464 section 3.2).
  std::optional<std::string> find(const std::optional<FolderName>& folder, std::string_view name) const;
  /// The folders of which an annotation's value has `word` among its words, ASCII case ignored.
  std::vector<FolderName> folders_with(std::string_view name, std::string_view word) const;

private:
  struct Both {
    std::vector<Annotation> users, servers;
  };
  const Both& read() const;

  const Settings& settings_;
  const Account& account_;
  mutable std::optional<Both> read_; // once in a delivery
};

} // namespace delivery
