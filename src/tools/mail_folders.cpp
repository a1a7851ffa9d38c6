// SPDX-License-Identifier: MIT
#include "tools/mail_folders.h"

#include "base/command_line.h"
#include "delivery/folder_name.h"
#include "delivery/maildir_folder.h"

#include <cstdlib>
#include <filesystem>

namespace tools {

namespace {

namespace fs = std::filesystem;

bool take_prefix(std::string& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.erase(0, prefix.size());
  return true;
}

std::vector<std::string> of_maildir(const std::string& root) {
  std::vector<std::string> names;
  for (const auto& folder : delivery::maildir_folders(root)) names.push_back(folder.str());
  return names;
}

/// Each file is a folder, by its path below the directory; what begins with a dot is none.
std::vector<std::string> of_directory(const fs::path& root) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::recursive_directory_iterator entry(root, error), end; entry != end && !error;
       entry.increment(error)) {
    const auto name = entry->path().filename().string();
    if (name.starts_with('.')) {
      entry.disable_recursion_pending();
      continue;
    }
    if (!entry->is_regular_file(error)) continue;
    const auto path = entry->path().lexically_relative(root).string();
    const auto decoded = delivery::from_modified_utf7(path);
    if (const auto folder = delivery::FolderName::parse(decoded ? *decoded : path))
      names.push_back(folder->str());
  }
  return names;
}

} // namespace

std::vector<std::string> mail_folders(const std::string& location) {
  std::string path = location;
  const bool mbox = take_prefix(path, "mbox:");
  const bool maildir = !mbox && take_prefix(path, "maildir:");
  if ((mbox || maildir) && path.ends_with(":utf-8")) path.resize(path.size() - 6);
  const char* home = std::getenv("HOME");
  if (home != nullptr && path.starts_with("~/")) path.replace(0, 1, home);
  if (!fs::is_directory(path)) throw base::UsageError("--mail: there is no directory " + path);
  const bool is_maildir = maildir || (!mbox && delivery::is_maildir(path, true));
  return is_maildir ? of_maildir(path) : of_directory(path);
}

} // namespace tools
