// SPDX-License-Identifier: MIT
#include "delivery/maildir_folder.h"

#include "base/ascii.h"
#include "base/error.h"
#include "base/file.h"
#include "base/io.h"
#include "base/lock.h"
#include "base/unique_name.h"
#include "delivery/attempt.h"

#include <algorithm>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <optional>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace delivery {

namespace {

// new/ comes last: where it is, the others are, though a process that made them was killed.
constexpr const char* subdirectories[] = {"tmp", "cur", "new"};
constexpr time_t leftover_age = 36 * 3600; // by the Maildir rules no delivery takes that long

/// Where they are, what leads to them is on the disk too: whoever finds them goes by that. So the name of the
/// directory is synced before, and what cannot be made durable is removed.
void make_subdirectories(int directory, const std::string& path) {
  base::sync_name(AT_FDCWD, path);
  for (const auto* name : subdirectories) base::make_directory_at(directory, name, 0700);
  try {
    base::sync_directory(directory, path);
  } catch (const base::NotDurable&) {
    for (const auto* name : subdirectories) unlinkat(directory, name, AT_REMOVEDIR);
    throw;
  }
}

/// Puts a line into a file of lines in the root, by a new file and rename, unless it is there.
void add_line(const std::string& root, const std::string& name, const std::string& line) {
  const std::string path = root + "/" + name;
  std::string text;
  if (const auto fd = base::open_if_exists(path, O_RDONLY | O_NOFOLLOW))
    text = base::read_all(fd->get(), 1 << 20);
  for (const auto known : base::split(text, '\n'))
    if (known == line) return;
  if (!text.empty() && text.back() != '\n') text += '\n';
  text += line + "\n";
  replace_in_maildir(open_maildir_folder(root, true).get(), name, text, false);
}

/// Dovecot 2.4 begins the file with a version and divides the levels by tabs.
bool has_version_header(const std::string& path) {
  const auto fd = base::open_if_exists(path, O_RDONLY | O_NOFOLLOW);
  char begin[2] = {};
  return fd && base::read_some(fd->get(), begin, 2) == 2 && begin[0] == 'V' && begin[1] == '\t';
}

/// Only where the name leads back to this directory: "INBOX.A" would to ".A".
std::optional<FolderName> folder_of(std::string_view name) {
  const auto decoded = from_modified_utf7(name);
  const auto folder = FolderName::parse(decoded ? *decoded : name);
  const bool same = folder && (folder->on_disk('.', false) == name || folder->on_disk('.', true) == name);
  return same ? folder : std::nullopt;
}

/// Where every file has a name, a process that is killed while it locks leaves one beside the lock.
bool is_left_by_a_lock(std::string_view name) {
  return name.starts_with("subscriptions.lock.") || name.starts_with("dovecot-uidlist.lock.");
}

void sweep(int directory, const std::string& path, time_t now, bool (*is_leftover)(std::string_view)) {
  const std::unique_ptr<DIR, int (*)(DIR*)> entries(fdopendir(dup(directory)), closedir);
  if (!entries) base::throw_errno("read " + path);
  while (const dirent* entry = readdir(entries.get())) {
    if (!is_leftover(entry->d_name)) continue;
    const auto status = base::status_at(directory, entry->d_name);
    if (!status || !S_ISREG(status->st_mode)) continue;
    // The latest of the times: some writers set the mtime to the date of the mail.
    if (now - std::max(status->st_mtime, status->st_ctime) > leftover_age)
      base::remove_at(directory, entry->d_name);
  }
}

} // namespace

std::vector<FolderName> maildir_folders(const std::string& root) {
  const auto fd = base::open_if_exists(root, O_RDONLY | O_DIRECTORY);
  if (!fd) return {};
  const std::unique_ptr<DIR, int (*)(DIR*)> entries(fdopendir(dup(fd->get())), closedir);
  if (!entries) base::throw_errno("read " + root);
  std::vector<std::string> names;
  while (const dirent* entry = readdir(entries.get()))
    if (entry->d_name[0] == '.') names.emplace_back(entry->d_name + 1);
  std::sort(names.begin(), names.end());
  std::vector<FolderName> folders;
  for (const auto& name : names)
    if (const auto folder = folder_of(name); folder && is_maildir(root + "/." + name, false))
      folders.push_back(*folder);
  return folders;
}

void replace_in_maildir(int folder, const std::string& name, std::string_view octets, bool sync) {
  const base::Fd tmp = base::open_at(folder, "tmp", O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
  base::replace_file(tmp.get(), base::unique_name(name), folder, name, octets, sync);
}

base::Fd open_maildir_folder(const std::string& path, bool root) {
  return base::open_file(path, O_RDONLY | O_DIRECTORY | (root ? 0 : O_NOFOLLOW));
}

bool is_maildir(const std::string& path, bool root) {
  if (!root) {
    const auto status = base::status_at(AT_FDCWD, path);
    if (!status || !S_ISDIR(status->st_mode)) return false;
  }
  for (const auto* name : subdirectories) {
    const auto status = base::status_at(AT_FDCWD, path + "/" + name);
    if (!status || !S_ISDIR(status->st_mode)) return false;
  }
  return true;
}

void make_maildir(const std::string& root, bool parents) {
  if (parents)
    base::make_directories(root, 0700);
  else
    base::make_directory_at(AT_FDCWD, root, 0700);
  make_subdirectories(open_maildir_folder(root, true).get(), root);
}

void make_maildir_folder(const std::string& path) {
  base::make_directory_at(AT_FDCWD, path, 0700);
  const base::Fd directory = open_maildir_folder(path, false);
  base::open_at(directory.get(), "maildirfolder", O_WRONLY | O_CREAT | O_NOFOLLOW, 0600).close();
  make_subdirectories(directory.get(), path);
}

void subscribe(const std::string& root, const FolderName& folder, bool utf8_names) {
  const std::string path = root + "/subscriptions";
  const auto lock = base::Dotlock::lock(path + ".lock", std::chrono::seconds(5));
  if (!lock) throw std::system_error(ETIMEDOUT, std::generic_category(), "lock " + path);
  base::retry_if_stale(path, [&] {
    add_line(root, "subscriptions", folder.on_disk(has_version_header(path) ? '\t' : '.', utf8_names));
  });
  const std::string courier = "courierimapsubscribed";
  if (base::status_at(AT_FDCWD, root + "/" + courier))
    add_line(root, courier, "INBOX." + folder.on_disk('.', utf8_names));
}

void sweep_maildir_sometimes(int folder, const std::string& path) {
  const time_t now = time(nullptr);
  if ((getpid() ^ static_cast<int>(now)) % 64 != 0) return;
  attempt("tmp/ is not swept", [&] { sweep_maildir(folder, path, now); });
}

void sweep_maildir(int folder, const std::string& path, time_t now) {
  const auto tmp = base::open_at(folder, "tmp", O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
  sweep(tmp.get(), path, now, [](std::string_view name) { return name[0] != '.'; });
  const auto top = base::open_at(folder, ".", O_RDONLY | O_DIRECTORY);
  sweep(top.get(), path, now, is_left_by_a_lock);
}

} // namespace delivery
