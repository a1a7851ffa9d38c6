// SPDX-License-Identifier: MIT
// Folders of a Maildir++: making them, subscribing to them, clearing their tmp/. A symbolic link is followed
// only at the root, which the administrator or the user may have moved to another disk.
#pragma once

#include "base/fd.h"
#include "delivery/folder_name.h"

#include <ctime>
#include <string>
#include <string_view>
#include <vector>

namespace delivery {

/// tmp/, new/ and cur/ are there. False for a folder, not the root, that is a symbolic link. Throws
/// std::system_error when that cannot be seen (EACCES, EIO).
bool is_maildir(const std::string& path, bool root);

/// base::replace_file() of a file in the folder of that descriptor, written in its tmp/: swept if nobody
/// comes to the renaming.
void replace_in_maildir(int folder, const std::string& name, std::string_view octets, bool sync);

/// Descriptor of the folder's directory, by the same rule.
base::Fd open_maildir_folder(const std::string& path, bool root);

/// The root with tmp, new and cur; its parents too if `parents`. Durable when it returns.
void make_maildir(const std::string& root, bool parents);
/// A folder below a root that exists, with the maildirfolder file that marks it as one.
void make_maildir_folder(const std::string& path);

/// The folders below a root, in the order of their names on disk; without the INBOX. None if there is no
/// root.
std::vector<FolderName> maildir_folders(const std::string& root);

/// Adds the folder to `subscriptions` (Dovecot, both formats) and to courierimapsubscribed where that exists.
void subscribe(const std::string& root, const FolderName& folder, bool utf8_names);

/// Removes what is older than 36 hours at the time `now`: files in tmp/, and what locking left in the folder
/// of that descriptor and path. Throws std::system_error. The first looks only now and then, since it reads
/// the directories, and only logs.
void sweep_maildir_sometimes(int folder, const std::string& path);
void sweep_maildir(int folder, const std::string& path, time_t now);

} // namespace delivery
