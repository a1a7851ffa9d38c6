// SPDX-License-Identifier: MIT
#include "delivery/mbox_file.h"

#include "base/error.h"
#include "base/file.h"
#include "base/io.h"
#include "delivery/errors.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace delivery {

namespace {

using Clock = std::chrono::steady_clock;

mail::Reply locked() { return {451, "4.2.0", "Mailbox is locked by another program"}; }
mail::Reply unsafe() { return {451, "4.2.0", "Mailbox cannot be opened"}; }

} // namespace

GroupScope::GroupScope(const std::optional<gid_t>& group) {
  if (!group) return;
  before_ = getegid();
  changed_ = *group != before_ && setegid(*group) == 0;
}

GroupScope::~GroupScope() {
  if (changed_ && setegid(before_) != 0) abort(); // files would get a group that nobody meant
}

std::optional<gid_t> spool_group(const std::string& path, std::string_view home,
                                 std::optional<gid_t> mail_group) {
  while (home.ends_with('/')) home.remove_suffix(1);
  const bool below = path.size() > home.size() && path.starts_with(home) && path[home.size()] == '/';
  return below ? std::nullopt : mail_group;
}

MboxFile::MboxFile(base::Fd directory, const std::string& path, const StoreOptions& options)
    : directory_(std::move(directory)), path_(path), name_(path.substr(path.rfind('/') + 1)),
      mail_group_(options.mail_group) {
  const GroupScope group(mail_group_);
  const auto end = Clock::now() + options.lock_timeout;
  do { // again when somebody put another file in its place while we waited
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now());
    if (open_and_lock(options, std::max(left, std::chrono::milliseconds(0)))) return;
  } while (Clock::now() < end);
  throw Failure(locked(), path_ + " is replaced again and again");
}

MboxFile::~MboxFile() {
  const GroupScope group(mail_group_); // the dotlock's directory may be writable for the group only
  lock_.reset();
}

bool MboxFile::open_and_lock(const StoreOptions& options, std::chrono::milliseconds timeout) {
  lock_.reset();
  open();
  check();
  auto lock = base::FileLock::acquire(fd_.get(), name_, options.locks, timeout, directory_.get());
  if (!lock) throw Failure(locked(), path_ + " is locked");
  lock_.emplace(std::move(*lock));
  base::refresh_status(fd_.get()); // the end of the file is where the host before us left it,
  base::refresh_status(path_);     // and the name may lead to another
  return is_still_there(check());  // a second link could have come while we waited
}

/// A file of ours that we may write and yet cannot open: readers that expunge put a new one in its place.
std::optional<base::Fd> MboxFile::open_existing(int flags) const {
  try {
    return base::open_if_exists_at(directory_.get(), name_, flags);
  } catch (const std::system_error& error) {
    if (error.code().value() != EACCES) throw;
    const auto status = base::status_at(directory_.get(), name_);
    constexpr mode_t rights = S_IRUSR | S_IWUSR;
    if (!status || status->st_uid != geteuid() || (status->st_mode & rights) != rights) throw;
    throw Replaced(locked(), path_ + " was replaced");
  }
}

void MboxFile::open() {
  fd_ = base::Fd(); // closed before the next is opened: no lock of ours may hang on it
  constexpr int flags = O_RDWR | O_NOFOLLOW | O_NONBLOCK;
  if (auto existing = open_existing(flags)) {
    fd_ = std::move(*existing);
    // Nobody knows whether its maker came to this. A confined child may not read the INBOX's directory: then
    // it was done before (confine.cpp).
    if (size() == 0) base::sync_name_if_readable(directory_.get(), name_);
    return;
  }
  const int fd = ::openat(directory_.get(), name_.c_str(), flags | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0 && errno == EEXIST) {
    fd_ = base::open_at(directory_.get(), name_, flags);
  } else {
    if (fd < 0) base::throw_errno("create " + path_);
    fd_ = base::Fd(fd);
  }
  base::sync_name(directory_.get(), name_);
}

struct stat MboxFile::check() const {
  const auto status = base::status_of(fd_.get());
  if (!S_ISREG(status.st_mode)) throw Failure(unsafe(), path_ + " is no regular file");
  if (status.st_nlink > 1) throw Failure(unsafe(), path_ + " has more than one link");
  if (status.st_uid != geteuid()) throw Failure(unsafe(), path_ + " belongs to somebody else");
  return status;
}

bool MboxFile::is_still_there(const struct stat& open) const {
  const auto named = base::status_at(directory_.get(), name_);
  return named && named->st_dev == open.st_dev && named->st_ino == open.st_ino;
}

off_t MboxFile::size() const { return base::status_of(fd_.get()).st_size; }

std::string MboxFile::separator(off_t end) const {
  char tail[2] = {'\n', '\n'};
  const auto length = std::min<off_t>(end, 2);
  if (length > 0 &&
      pread(fd_.get(), tail + 2 - length, static_cast<std::size_t>(length), end - length) != length)
    base::throw_errno(EIO, "read " + path_);
  if (tail[1] != '\n') return "\n\n";
  return tail[0] != '\n' ? "\n" : "";
}

void MboxFile::append(const Content& content, bool sync) {
  if (lseek(fd_.get(), 0, SEEK_END) < 0) base::throw_errno("seek " + path_);
  content.write_to(fd_.get());
  if (sync) base::sync_file(fd_.get(), path_);
}

std::string MboxFile::read(off_t offset, off_t count) const {
  std::string octets(static_cast<std::size_t>(count), '\0');
  for (std::size_t done = 0; done < octets.size();) {
    const auto got =
        pread(fd_.get(), octets.data() + done, octets.size() - done, offset + static_cast<off_t>(done));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) base::throw_errno(got == 0 ? EIO : errno, "read " + path_);
    done += static_cast<std::size_t>(got);
  }
  return octets;
}

void MboxFile::sync() const { base::sync_file(fd_.get(), path_); }

void MboxFile::truncate(off_t size) {
  while (ftruncate(fd_.get(), size) != 0)
    if (errno != EINTR) base::throw_errno("truncate " + path_);
  base::sync_file(fd_.get(), path_);
}

} // namespace delivery
