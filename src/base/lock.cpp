// SPDX-License-Identifier: MIT
#include "base/lock.h"

#include "base/back_off.h"
#include "base/error.h"
#include "base/fcntl_lock.h"
#include "base/file.h"
#include "base/io.h"
#include "base/unique_name.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace base {

namespace {

/// Unlinks on the way out, whatever the way.
class Temporary {
public:
  Temporary(int directory, std::string path) : directory_(directory), path_(std::move(path)) {}
  Temporary(const Temporary&) = delete;
  ~Temporary() { unlinkat(directory_, path_.c_str(), 0); }
  const std::string& path() const { return path_; }

private:
  int directory_;
  std::string path_;
};

bool look_at(int directory, const std::string& path, struct stat& status) {
  return fstatat(directory, path.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0;
}

bool make_link(int directory, const std::string& from, const std::string& to) {
  return linkat(directory, from.c_str(), directory, to.c_str(), 0) == 0;
}

/// What becomes the lock when it is linked to its name. Where the filesystem can, a file without a name: then
/// nothing is left of a process that is killed here. Else one beside the lock, with a name of its own.
class Post {
public:
  Post(int directory, const std::string& lock_path)
      : directory_(directory),
        file_(open_without_name(directory, lock_path.substr(0, lock_path.rfind('/') + 1) + ".")) {
    if (file_ && (naming_ = naming_of(file_.get(), directory)) != Naming::impossible) return;
    name_.emplace(directory, unique_name(lock_path));
    file_ = open_at(directory, name_->path(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600);
  }

  bool link_to(const std::string& path) const {
    if (name_) return make_link(directory_, name_->path(), path);
    return name_file(file_.get(), naming_, directory_, path) == 0;
  }

  nlink_t own_links() const { return name_ ? 1 : 0; }
  int fd() const { return file_.get(); }
  Fd take() { return std::move(file_); }

private:
  static Fd open_without_name([[maybe_unused]] int directory, [[maybe_unused]] const std::string& path) {
#ifdef O_TMPFILE
    return Fd(openat(directory, path.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600));
#else
    return Fd();
#endif
  }

  int directory_;
  Fd file_;
  Naming naming_ = Naming::impossible;
  std::optional<Temporary> name_;
};

/// Is the lock older than `stale` by the clock of the filesystem, of which the fresh post tells? If so it is
/// moved out of the way, and looked at again there: of two processes that saw the same old lock, the slower
/// may have moved a new one, and puts it back.
void break_stale(int directory, const std::string& lock_path, const struct stat& post,
                 std::chrono::seconds stale) {
  struct stat lock {};
  if (!look_at(directory, lock_path, lock)) return;
  const auto is_old = [&](const struct stat& s) { return post.st_mtime - s.st_mtime > stale.count(); };
  if (!is_old(lock)) return;
  const Temporary aside(directory, unique_name(lock_path));
  if (renameat(directory, lock_path.c_str(), directory, aside.path().c_str()) != 0) return;
  struct stat moved {};
  if (!look_at(directory, aside.path(), moved) || is_old(moved)) return;
  // A third may have locked meanwhile; then the one we moved has lost, as after any stale lock taken too
  // early.
  if (!make_link(directory, aside.path(), lock_path)) return;
}

} // namespace

Dotlock::Dotlock(Dotlock&& other) noexcept
    : directory_(other.directory_), path_(std::exchange(other.path_, {})), file_(std::move(other.file_)) {}

Dotlock& Dotlock::operator=(Dotlock&& other) noexcept {
  std::swap(directory_, other.directory_);
  std::swap(path_, other.path_);
  std::swap(file_, other.file_);
  return *this;
}

Dotlock::~Dotlock() {
  if (path_.empty()) return;
  struct stat own {};
  struct stat named {};
  const bool known = fstat(file_.get(), &own) == 0 && look_at(directory_, path_, named);
  if (known && named.st_dev == own.st_dev && named.st_ino == own.st_ino)
    unlinkat(directory_, path_.c_str(), 0);
}

void Dotlock::touch() const {
  if (!path_.empty()) futimens(file_.get(), nullptr);
}

std::optional<Dotlock> Dotlock::try_lock(const std::string& lock_path, std::chrono::seconds stale,
                                         int directory) {
  Post post(directory, lock_path);
  // The pid is for people and for programs that ask whether the holder lives; ours never do, it may be
  // another host.
  write_all(post.fd(), std::to_string(getpid()) + "\n");
  if (post.link_to(lock_path)) return Dotlock(directory, lock_path, post.take());
  const int error = errno;
  const auto status = status_of(post.fd());
  // The answer of link() can be lost on NFS; the link count cannot.
  if (status.st_nlink > post.own_links()) return Dotlock(directory, lock_path, post.take());
  if (error != EEXIST) throw_errno(error, "link " + lock_path);
  break_stale(directory, lock_path, status, stale);
  return std::nullopt;
}

std::optional<Dotlock> Dotlock::lock(const std::string& lock_path, std::chrono::milliseconds timeout,
                                     std::chrono::seconds stale, int directory) {
  BackOff back_off(timeout);
  do {
    if (auto held = try_lock(lock_path, stale, directory)) return held;
  } while (back_off.wait());
  return std::nullopt;
}

FileLock::FileLock(FileLock&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)), directory_(other.directory_), held_(std::exchange(other.held_, {})),
      dotlock_(std::exchange(other.dotlock_, std::nullopt)) {}

FileLock::~FileLock() { release(); }

std::optional<FileLock> FileLock::acquire(int fd, const std::string& path,
                                          const std::vector<LockMethod>& methods,
                                          std::chrono::milliseconds timeout, int directory) {
  BackOff back_off(timeout);
  FileLock lock(fd, directory);
  do {
    if (lock.try_all(path, methods)) return lock;
    lock.release();
  } while (back_off.wait());
  return std::nullopt;
}

bool FileLock::try_all(const std::string& path, const std::vector<LockMethod>& methods) {
  for (const auto method : methods) {
    if (!try_one(path, method)) return false;
    held_.push_back(method);
  }
  return true;
}

bool FileLock::try_one(const std::string& path, LockMethod method) {
  switch (method) {
  case LockMethod::dotlock:
    dotlock_ = Dotlock::try_lock(path + ".lock", Dotlock::default_stale, directory_);
    return dotlock_.has_value();
  case LockMethod::fcntl:
    if (set_fcntl_lock(fd_, F_WRLCK) == 0) return true;
    break;
  case LockMethod::flock:
    if (::flock(fd_, LOCK_EX | LOCK_NB) == 0) return true;
    break;
  }
  if (!is_lock_contention(errno)) throw_errno("lock " + path);
  return false;
}

void FileLock::release() {
  for (auto method = held_.rbegin(); method != held_.rend(); ++method) {
    if (*method == LockMethod::fcntl) set_fcntl_lock(fd_, F_UNLCK);
    if (*method == LockMethod::flock) ::flock(fd_, LOCK_UN);
  }
  held_.clear();
  dotlock_.reset();
}

} // namespace base
