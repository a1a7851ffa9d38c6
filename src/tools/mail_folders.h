// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

namespace tools {

/// The folders of a mail store, "A/B" in UTF-8, without the INBOX. `location`: "maildir:PATH", or "mbox:PATH"
/// with the directory of the folders' files; without a prefix it is seen from the directory. "~/" is the
/// home. Throws UsageError if there is no such directory.
std::vector<std::string> mail_folders(const std::string& location);

} // namespace tools
