// SPDX-License-Identifier: MIT
#include "delivery/tracker.h"

#include "base/error.h"
#include "base/fd.h"
#include "base/file.h"
#include "base/unique_name.h"
#include "delivery/attempt.h"
#include "delivery/digest.h"

#include <algorithm>
#include <cerrno>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <optional>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>
#include <vector>

namespace delivery {

namespace {

void set_expiry(int directory, const std::string& name, std::int64_t when) {
  const timespec times[2] = {{0, UTIME_OMIT}, {static_cast<time_t>(when), 0}};
  if (utimensat(directory, name.c_str(), times, AT_SYMLINK_NOFOLLOW) != 0)
    base::throw_errno("set the time of " + name);
}

/// link(2); false when the name is there.
bool make_link(int directory, const std::string& from, const std::string& to) {
  if (linkat(directory, from.c_str(), directory, to.c_str(), 0) == 0) return true;
  if (errno != EEXIST) base::throw_errno("link " + to);
  return false;
}

/// Made under a name of its own and linked: with its time from the first moment that others see it.
bool make_record(int directory, const std::string& name, std::int64_t expiry) {
  const std::string temporary = base::unique_name(name);
  base::open_at(directory, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600).close();
  try {
    set_expiry(directory, temporary, expiry);
    const bool made = make_link(directory, temporary, name);
    base::remove_at(directory, temporary);
    return made;
  } catch (const std::system_error&) {
    unlinkat(directory, temporary.c_str(), 0);
    throw;
  }
}

/// Takes an expired record away. It is renamed first and looked at again, since another process may have put
/// a new one in its place after we looked; that one is put back.
void remove_expired(int directory, const std::string& name, std::int64_t now) {
  const std::string aside = base::unique_name(name);
  if (renameat(directory, name.c_str(), directory, aside.c_str()) != 0) return;
  const auto status = base::status_at(directory, aside);
  if (status && status->st_mtime > now) make_link(directory, aside, name);
  base::remove_at(directory, aside);
}

/// When a record expires, by its time. Any other file is on its way to become one or to be removed, unless
/// its process was killed: none takes so long.
using Record = std::pair<time_t, std::string>;
constexpr time_t longest_way = 36 * 3600;

bool is_record(std::string_view name) { return name.find('.') == std::string_view::npos; }

std::vector<Record> read_records(int directory) {
  std::vector<Record> records;
  const std::unique_ptr<DIR, int (*)(DIR*)> entries(fdopendir(dup(directory)), closedir);
  if (!entries) base::throw_errno("read ~/.lastmile");
  while (const dirent* entry = readdir(entries.get())) {
    if (entry->d_name[0] == '.') continue;
    if (const auto status = base::status_at(directory, entry->d_name))
      records.emplace_back(status->st_mtime + (is_record(entry->d_name) ? 0 : longest_way), entry->d_name);
  }
  return records;
}

} // namespace

std::optional<base::Fd> open_state(const std::string& home, const std::string& kind, bool make) {
  const std::string own = ".lastmile";
  if (const auto state = base::open_if_exists(home + "/" + own, O_PATH | O_DIRECTORY | O_NOFOLLOW))
    return base::open_directory_beneath(state->get(), kind, make ? 0700 : 0);
  const auto top = base::open_if_exists(home, O_PATH | O_DIRECTORY);
  if (!top && make) base::throw_errno(ENOENT, "open " + home);
  if (!top) return std::nullopt;
  return base::open_directory_beneath(top->get(), own + "/" + kind, make ? 0700 : 0);
}

Tracker::Tracker(const std::string& home, const std::string& kind) : home_(home), kind_(kind) {}

bool Tracker::seen(const std::string& key, std::int64_t now) const {
  bool found = false;
  attempt("a tracker cannot be read", [&] {
    const auto directory = open_state(home_, kind_, false);
    const auto status = directory ? base::status_at(directory->get(), digest_of(key)) : std::nullopt;
    found = status && status->st_mtime > now;
  });
  return found;
}

bool Tracker::claim(const std::string& key, std::int64_t now, std::int64_t seconds) const {
  const auto directory = open_state(home_, kind_, true);
  const auto name = digest_of(key);
  clean_sometimes(name, now);
  const auto status = base::status_at(directory->get(), name);
  if (status && status->st_mtime > now) return false;
  if (status) remove_expired(directory->get(), name, now);
  return make_record(directory->get(), name, now + seconds);
}

bool Tracker::record(const std::string& key, std::int64_t now, std::int64_t seconds) const {
  return attempt("a tracker cannot be written", [&] {
    if (claim(key, now, seconds)) return;
    const auto directory = open_state(home_, kind_, true);
    set_expiry(directory->get(), digest_of(key), now + seconds);
  });
}

void Tracker::release(const std::string& key) const noexcept {
  attempt("a tracker cannot be written", [&] {
    if (const auto directory = open_state(home_, kind_, false))
      base::remove_at(directory->get(), digest_of(key));
  });
}

void Tracker::clean_sometimes(const std::string& name, std::int64_t now) const {
  if (!name.ends_with("00")) return; // one key in 256
  attempt("a tracker cannot be cleaned", [&] { clean(now); });
}

void Tracker::clean(std::int64_t now, std::size_t most) const {
  const auto directory = open_state(home_, kind_, false);
  if (!directory) return;
  auto records = read_records(directory->get());
  std::sort(records.begin(), records.end());
  std::size_t left = records.size();
  for (const auto& [expiry, name] : records) {
    if (expiry > now && left <= most) break;
    base::remove_at(directory->get(), name);
    --left;
  }
}

std::string tracker_key(std::initializer_list<std::string_view> texts) {
  std::string key;
  for (const auto text : texts) key.append(std::to_string(text.size())).append(1, ':').append(text);
  return key;
}

} // namespace delivery
