// SPDX-License-Identifier: MIT
#include "tools/filter_maildir.h"

#include "base/error.h"
#include "base/file.h"
#include "delivery/keywords.h"
#include "delivery/maildir_found.h"
#include "delivery/maildir_name.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <optional>
#include <sys/mman.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace tools {

namespace {

void list_directory(const std::string& path, bool is_new, std::vector<MaildirEntry>& entries) {
  const std::unique_ptr<DIR, int (*)(DIR*)> directory(opendir(path.c_str()), closedir);
  if (!directory) base::throw_errno("read " + path);
  while (const dirent* entry = readdir(directory.get())) {
    if (entry->d_name[0] != '.') entries.push_back({is_new, entry->d_name});
  }
}

/// Two names never become one: rename(2) alone would take the other message away.
bool rename_new(const std::string& from, const std::string& to) {
  if (renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return true;
  if (errno == ENOENT && !base::status_at(AT_FDCWD, from)) return false;
  if (errno != EINVAL && errno != ENOSYS) base::throw_errno("move to " + to);
  base::link_at(AT_FDCWD, from, AT_FDCWD, to); // a filesystem without RENAME_NOREPLACE
  base::remove_at(AT_FDCWD, from);
  return true;
}

} // namespace

std::string_view MaildirEntry::letters() const {
  const auto at = name.rfind(":2,");
  return at == std::string::npos ? std::string_view() : std::string_view(name).substr(at + 3);
}

std::string_view MaildirEntry::base() const { return std::string_view(name).substr(0, name.rfind(":2,")); }

std::optional<MaildirEntry> find_again(const MaildirEntry& entry, const std::string& folder) {
  if (base::status_at(AT_FDCWD, entry.path(folder))) return entry;
  MaildirEntry looked_at{false, std::string(entry.base()) + ":2,"}; // most likely, and quicker than to search
  if (entry.is_new && base::status_at(AT_FDCWD, looked_at.path(folder))) return looked_at;
  const base::Fd cur = base::open_directory(folder + "/cur");
  const auto name = delivery::find_with_flags(cur.get(), std::string(entry.base()));
  if (!name) return std::nullopt;
  return MaildirEntry{false, *name};
}

std::vector<MaildirEntry> list_maildir(const std::string& folder, bool only_new) {
  std::vector<MaildirEntry> entries;
  list_directory(folder + "/new", true, entries);
  if (!only_new) list_directory(folder + "/cur", false, entries);
  std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return entries;
}

MappedFile::MappedFile(const std::string& path) {
  const base::Fd file = base::open_file(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  const struct stat status = base::status_of(file.get());
  if (!S_ISREG(status.st_mode)) throw std::system_error(EINVAL, std::generic_category(), path);
  modified_ = status.st_mtime;
  size_ = static_cast<std::size_t>(status.st_size);
  if (size_ == 0) return;
  map_ = mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, file.get(), 0);
  if (map_ == MAP_FAILED) base::throw_errno("read " + path);
}

MappedFile::~MappedFile() {
  if (map_ != nullptr && map_ != MAP_FAILED) munmap(map_, size_);
}

sieve::Flags flags_of(const MaildirEntry& entry, const std::string& folder) {
  return delivery::flags_of_letters(base::open_directory(folder).get(), entry.letters());
}

std::string letters_in(const std::string& folder, const sieve::Flags& flags) {
  const auto keywords = delivery::keywords_among(flags);
  if (keywords.empty()) return delivery::maildir_flags(flags, {});
  const base::Fd directory = base::open_directory(folder);
  return delivery::maildir_flags(flags, delivery::keyword_letters(directory.get(), folder, keywords));
}

bool move_file(const MaildirEntry& entry, const std::string& from, const std::string& to,
               const sieve::Flags& more_flags) {
  for (int tries = 0; tries < 3; ++tries) {
    const auto found = find_again(entry, from);
    if (!found) return false;
    auto flags = flags_of(*found, from);
    flags.insert(flags.end(), more_flags.begin(), more_flags.end());
    const auto letters = letters_in(to, flags);
    const bool stays_new = found->is_new && letters.empty();
    const std::string target = to + (stays_new ? "/new/" : "/cur/") + std::string(found->base()) +
                               (stays_new ? "" : ":2," + letters);
    if (target == found->path(from) || rename_new(found->path(from), target)) return true;
  }
  return false;
}

bool remove_message(const MaildirEntry& entry, const std::string& folder) {
  for (int tries = 0; tries < 3; ++tries) {
    const auto found = find_again(entry, folder);
    if (!found) return false;
    if (base::remove_at(AT_FDCWD, found->path(folder))) return true;
  }
  return false;
}

} // namespace tools
