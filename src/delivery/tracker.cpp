// SPDX-License-Identifier: MIT
#include "delivery/tracker.h"

#include "base/error.h"
#include "base/fd.h"
#include "base/file.h"
#include "delivery/attempt.h"
#include "delivery/digest.h"

#include <algorithm>
#include <cerrno>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <optional>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>
#include <vector>

namespace delivery {

namespace {

void set_expiry(int directory, const char* path, int fd, std::int64_t when) {
  const timespec times[2] = {{0, UTIME_OMIT}, {static_cast<time_t>(when), 0}};
  const int result = fd >= 0 ? futimens(fd, times) : utimensat(directory, path, times, AT_SYMLINK_NOFOLLOW);
  if (result != 0) base::throw_errno("set the time of " + std::string(path));
}

/// Made under a name of its own and linked: with its time from the first moment that others see it.
bool make_record(const std::string& path, std::int64_t expiry) {
  const std::string temporary = path + "." + std::to_string(getpid());
  base::remove_at(AT_FDCWD, temporary);
  const base::Fd fd = base::open_file(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600);
  set_expiry(AT_FDCWD, temporary.c_str(), fd.get(), expiry);
  const bool made = link(temporary.c_str(), path.c_str()) == 0;
  const int error = errno;
  unlink(temporary.c_str());
  if (!made && error != EEXIST) base::throw_errno(error, "link " + path);
  return made;
}

/// Takes an expired record away. It is renamed first and looked at again, since another process may have put
/// a new one in its place after we looked; that one is put back.
void remove_expired(const std::string& path, std::int64_t now) {
  const std::string aside = path + ".old." + std::to_string(getpid());
  if (rename(path.c_str(), aside.c_str()) != 0) return;
  const auto status = base::status_at(AT_FDCWD, aside);
  if (status && status->st_mtime > now && link(aside.c_str(), path.c_str()) != 0 && errno != EEXIST)
    base::throw_errno("link " + path);
  unlink(aside.c_str());
}

using Record = std::pair<time_t, std::string>;

std::vector<Record> read_records(int directory, const std::string& path) {
  std::vector<Record> records;
  const std::unique_ptr<DIR, int (*)(DIR*)> entries(fdopendir(dup(directory)), closedir);
  if (!entries) base::throw_errno("read " + path);
  while (const dirent* entry = readdir(entries.get())) {
    if (entry->d_name[0] == '.') continue;
    if (const auto status = base::status_at(directory, entry->d_name))
      records.emplace_back(status->st_mtime, entry->d_name);
  }
  return records;
}

} // namespace

Tracker::Tracker(const std::string& home, const std::string& kind)
    : home_(home), directory_(home + "/.lastmile/" + kind) {}

std::string Tracker::path_of(const std::string& key) const { return directory_ + "/" + digest_of(key); }

void Tracker::make_directory() const {
  base::make_directory_at(AT_FDCWD, home_ + "/.lastmile", 0700);
  base::make_directory_at(AT_FDCWD, directory_, 0700);
}

bool Tracker::seen(const std::string& key, std::int64_t now) const {
  bool found = false;
  attempt("a tracker cannot be read", [&] {
    const auto status = base::status_at(AT_FDCWD, path_of(key));
    found = status && status->st_mtime > now;
  });
  return found;
}

bool Tracker::claim(const std::string& key, std::int64_t now, std::int64_t seconds) const {
  make_directory();
  const auto path = path_of(key);
  clean_sometimes(path, now);
  const auto status = base::status_at(AT_FDCWD, path);
  if (status && status->st_mtime > now) return false;
  if (status) remove_expired(path, now);
  return make_record(path, now + seconds);
}

bool Tracker::record(const std::string& key, std::int64_t now, std::int64_t seconds) const {
  return attempt("a tracker cannot be written", [&] {
    if (claim(key, now, seconds)) return;
    set_expiry(AT_FDCWD, path_of(key).c_str(), -1, now + seconds);
  });
}

void Tracker::release(const std::string& key) const noexcept {
  attempt("a tracker cannot be written", [&] { base::remove_at(AT_FDCWD, path_of(key)); });
}

void Tracker::clean_sometimes(const std::string& path, std::int64_t now) const {
  if (path.compare(path.size() - 2, 2, "00") != 0) return; // one key in 256
  attempt("a tracker cannot be cleaned", [&] { clean(now); });
}

void Tracker::clean(std::int64_t now, std::size_t most) const {
  const base::Fd directory = base::open_file(directory_, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
  auto records = read_records(directory.get(), directory_);
  std::sort(records.begin(), records.end());
  std::size_t left = records.size();
  for (const auto& [expiry, name] : records) {
    if (expiry > now && left <= most) break;
    base::remove_at(directory.get(), name);
    --left;
  }
}

std::string tracker_key(std::initializer_list<std::string_view> texts) {
  std::string key;
  for (const auto text : texts) key += std::to_string(text.size()) + ":" + std::string(text);
  return key;
}

} // namespace delivery
