// SPDX-License-Identifier: MIT
// Locks on a mailbox that other programs share: fcntl(2), flock(2) and dotlocks, in the order that the site's
// other programs use. Only the first lock of the list is waited for while nothing is held; when a later one
// is taken, the earlier are released before the next try, so that two programs with opposite orders cannot
// block each other for good.
#pragma once

#include "base/fd.h"

#include <chrono>
#include <fcntl.h>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace base {

enum class LockMethod { fcntl, dotlock, flock };

/// PATH.lock, made by link(2) of a hitching post: the one way that is atomic on every NFS. The post has no
/// name where the filesystem can make such files. A lock whose mtime is older than `stale` is taken away,
/// once, by renaming it first so that of two that do so only one succeeds.
class Dotlock {
public:
  static constexpr std::chrono::seconds default_stale{300};

  /// One try. Nothing if another holds it. A relative path begins at `directory`, a descriptor that outlives
  /// the lock. Throws std::system_error if the directory refuses (EACCES, ENOSPC, ...).
  static std::optional<Dotlock> try_lock(const std::string& lock_path,
                                         std::chrono::seconds stale = default_stale,
                                         int directory = AT_FDCWD);
  /// Tries with back-off until `timeout`; nothing when it has passed.
  static std::optional<Dotlock> lock(const std::string& lock_path, std::chrono::milliseconds timeout,
                                     std::chrono::seconds stale = default_stale, int directory = AT_FDCWD);
  Dotlock(Dotlock&& other) noexcept;
  Dotlock& operator=(Dotlock&& other) noexcept;
  ~Dotlock(); // removes the lock if it is still ours

  /// Tells others that the holder lives: sets the mtime to now.
  void touch() const;

private:
  Dotlock(int directory, std::string path, Fd file)
      : directory_(directory), path_(std::move(path)), file_(std::move(file)) {}
  int directory_;
  std::string path_; // empty: released
  Fd file_;          // held open, so that no other file can have its inode number meanwhile
};

/// All locks of a list on one open file; released by the destructor.
class FileLock {
public:
  /// `fd` is open for writing on the file `path` (relative: in `directory`) and outlives the lock, as does
  /// `directory`. Nothing when `timeout` has passed. Throws std::system_error for what is no contention
  /// (ENOLCK, EACCES on the directory of the dotlock, ...).
  static std::optional<FileLock> acquire(int fd, const std::string& path,
                                         const std::vector<LockMethod>& methods,
                                         std::chrono::milliseconds timeout, int directory = AT_FDCWD);
  FileLock(FileLock&& other) noexcept;
  FileLock& operator=(FileLock&& other) = delete;
  FileLock(const FileLock&) = delete;
  ~FileLock();

private:
  FileLock(int fd, int directory) : fd_(fd), directory_(directory) {}
  bool try_all(const std::string& path, const std::vector<LockMethod>& methods);
  bool try_one(const std::string& path, LockMethod method);
  void release();

  int fd_ = -1;
  int directory_;
  std::vector<LockMethod> held_;
  std::optional<Dotlock> dotlock_;
};

} // namespace base
