// SPDX-License-Identifier: MIT
// One mbox file, open and locked.
#pragma once

#include "base/fd.h"
#include "base/lock.h"
#include "delivery/content.h"
#include "delivery/store.h"

#include <optional>
#include <string>
#include <string_view>
#include <sys/stat.h>
#include <sys/types.h>

namespace delivery {

/// The effective group while it lives: dotlocks and new boxes in a spool of root:mail 2775 need it. Does
/// nothing without a group, or where the process may not take it.
class GroupScope {
public:
  explicit GroupScope(const std::optional<gid_t>& group);
  GroupScope(const GroupScope&) = delete;
  ~GroupScope();

private:
  gid_t before_ = 0;
  bool changed_ = false;
};

/// `mail_group` if the mailbox lies outside the user's home, else nothing: below it links are the user's to
/// make, and one that leads into the spool must find no more rights there than the user has.
std::optional<gid_t> spool_group(const std::string& path, std::string_view home,
                                 std::optional<gid_t> mail_group);

/// Opens without following a link, makes the file if it is not there, locks it in the configured order, and
/// sees that it still is the file of that path: regular, one link, ours. The destructor releases the locks.
class MboxFile {
public:
  /// `path` is the file's, `directory` the open directory that it lies in. Throws Failure (451 4.2.0) when it
  /// stays locked or is no file that we may write to; std::system_error.
  MboxFile(base::Fd directory, const std::string& path, const StoreOptions& options);
  MboxFile(const MboxFile&) = delete;
  MboxFile& operator=(const MboxFile&) = delete;
  ~MboxFile();

  const std::string& path() const { return path_; }
  off_t size() const;
  /// What must come before a From_ line: line ends, as many as the file of that size lacks after its last
  /// message.
  std::string separator(off_t end) const;
  void append(const Content& content, bool sync);
  /// `count` octets at an offset, all of which are there.
  std::string read(off_t offset, off_t count) const;
  void sync() const;
  /// To an old length. Durable.
  void truncate(off_t size);

private:
  bool open_and_lock(const StoreOptions& options, std::chrono::milliseconds timeout);
  void open();
  std::optional<base::Fd> open_existing(int flags) const;
  /// Throws Failure unless it is what mail may be written to.
  struct stat check() const;
  bool is_still_there(const struct stat& open) const;

  base::Fd directory_;
  std::string path_, name_;
  std::optional<gid_t> mail_group_;
  base::Fd fd_;
  std::optional<base::FileLock> lock_;
};

} // namespace delivery
