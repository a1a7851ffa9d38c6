// SPDX-License-Identifier: MIT
// Where one copy of a message goes, told before it can be seen there, so that a later attempt can find it.
#pragma once

#include <functional>
#include <string>
#include <sys/types.h>

namespace delivery {

struct Place {
  std::string folder;  // FolderName::str()
  unsigned number = 0; // of the copies for that folder, from 0
  std::string path;    // the Maildir's directory, or the mbox file
  std::string name;    // Maildir: the name without flags, which is in no other message's; mbox: empty

  // mbox
  off_t offset = 0;
  off_t length = 0;
  std::string head;      // the first octets that are written at `offset`, at most longest_head
  bool complete = false; // all of them are on the disk

  static constexpr std::size_t longest_head = 4096;
};

/// Throws what makes the delivery fail; a record that cannot be written is no such thing.
using Announce = std::function<void(const Place&)>;

} // namespace delivery
