// SPDX-License-Identifier: MIT
// Ids of Maildir folders (RFC 9042): they stay when a folder is renamed, because they lie in it.
#pragma once

#include <string>
#include <vector>

namespace delivery {

/// The ids by which the folder is known: Dovecot's GUID, where the first line of dovecot-uidlist has one
/// (that is what IMAP clients see), and that of our own file `lastmile-id`. Where there is neither, ours is
/// made: one for all who try at the same time. `root` as for open_maildir_folder(). Throws std::system_error.
std::vector<std::string> maildir_ids(const std::string& path, bool root);

} // namespace delivery
