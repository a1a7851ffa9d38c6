// SPDX-License-Identifier: MIT
#include "delivery/file_host.h"

#include "delivery/special_use.h"

#include <algorithm>

namespace delivery {

std::optional<std::string> FileHost::special_use_mailbox(const std::string& attribute) const {
  for (const auto& folder : special_use_folders(settings_, annotations_, attribute))
    if (mailbox_exists(folder.str())) return folder.str();
  return std::nullopt;
}

bool FileHost::has_special_use(const std::string& mailbox, const std::string& attribute) const {
  const auto folder = FolderName::parse(mailbox);
  const auto folders = special_use_folders(settings_, annotations_, attribute);
  return folder && std::find(folders.begin(), folders.end(), *folder) != folders.end() &&
         mailbox_exists(mailbox);
}

std::optional<std::string> FileHost::metadata(const std::string& mailbox,
                                              const std::string& annotation) const {
  if (mailbox.empty()) return annotations_.find(std::nullopt, annotation);
  const auto folder = FolderName::parse(mailbox);
  if (!folder || !mailbox_exists(mailbox)) return std::nullopt;
  return annotations_.find(folder, annotation);
}

} // namespace delivery
