// SPDX-License-Identifier: MIT
#include "base/file.h"

#include "base/ascii.h"
#include "base/error.h"
#include "base/io.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>
#include <utility>
#ifndef STATX_BASIC_STATS // musl has it since 1.2.5
#include <linux/stat.h>
#include <sys/syscall.h>

static long statx(int directory, const char* path, int flags, unsigned mask, struct statx* status) {
  return ::syscall(SYS_statx, directory, path, flags, mask, status);
}
#endif

namespace base {

namespace {

bool is_absent(int error) { return error == ENOENT || error == ENOTDIR; }

int openat_again(int directory, const std::string& path, int flags, mode_t mode) {
  int fd = -1;
  do {
    fd = ::openat(directory, path.c_str(), flags | O_CLOEXEC, mode);
  } while (fd < 0 && errno == EINTR);
  return fd;
}

[[noreturn]] void throw_not_durable(const std::string& what) {
  throw NotDurable(errno, std::generic_category(), what);
}

/// "." for a name without a slash; slashes at the end do not count.
std::string parent_of(const std::string& path) {
  const auto end = path.find_last_not_of('/');
  const auto slash = end == std::string::npos ? end : path.rfind('/', end);
  if (slash == std::string::npos) return ".";
  return path.substr(0, std::max<std::size_t>(slash, 1));
}

} // namespace

Fd open_at(int directory, const std::string& path, int flags, mode_t mode) {
  const int fd = openat_again(directory, path, flags, mode);
  if (fd < 0) throw_errno("open " + path);
  return Fd(fd);
}

Fd open_file(const std::string& path, int flags, mode_t mode) { return open_at(AT_FDCWD, path, flags, mode); }

std::optional<Fd> open_if_exists_at(int directory, const std::string& path, int flags) {
  const int fd = openat_again(directory, path, flags, 0);
  if (fd >= 0) return Fd(fd);
  if (is_absent(errno)) return std::nullopt;
  throw_errno("open " + path);
}

std::optional<Fd> open_if_exists(const std::string& path, int flags) {
  return open_if_exists_at(AT_FDCWD, path, flags);
}

Fd open_directory(const std::string& path) { return open_file(path, O_RDONLY | O_DIRECTORY); }

std::optional<Fd> open_directory_beneath(int top, const std::string& path, mode_t make) {
  constexpr int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW;
  Fd directory;
  for (const auto part : split(path, '/')) {
    if (part == "..") throw_errno(EXDEV, "open " + path);
    const std::string name = part.empty() ? "." : std::string(part);
    const int above = directory ? directory.get() : top;
    auto next = open_if_exists_at(above, name, flags);
    if (!next && make == 0) return std::nullopt;
    if (!next) {
      make_lasting_directory_at(above, name, make);
      next = open_at(above, name, flags);
    }
    directory = std::move(*next);
  }
  return directory;
}

Fd open_unnamed(const std::string& directory) {
#ifdef O_TMPFILE
  const int unnamed = openat_again(AT_FDCWD, directory, O_TMPFILE | O_RDWR | O_EXCL, 0600);
  if (unnamed >= 0) return Fd(unnamed);
  // EISDIR and EOPNOTSUPP: an old kernel, or a filesystem without it.
  if (errno != EISDIR && errno != EOPNOTSUPP && errno != EINVAL) throw_errno("open a file in " + directory);
#endif
  std::string name = directory + "/lastmile.XXXXXX";
  Fd file(::mkostemp(name.data(), O_CLOEXEC));
  if (!file) throw_errno("mkstemp " + name);
  if (::unlink(name.c_str()) != 0) throw_errno("unlink " + name);
  return file;
}

struct stat status_of(int fd) {
  struct stat status {};
  if (::fstat(fd, &status) != 0) throw_errno("fstat");
  return status;
}

std::optional<struct stat> status_at(int directory, const std::string& path) {
  struct stat status {};
  if (::fstatat(directory, path.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0) return status;
  if (is_absent(errno)) return std::nullopt;
  throw_errno("stat " + path);
}

void refresh_status(int fd) {
  struct statx status {};
  (void)statx(fd, "", AT_EMPTY_PATH | AT_STATX_FORCE_SYNC, STATX_BASIC_STATS, &status);
}

void refresh_status(const std::string& path) {
  struct statx status {};
  (void)statx(AT_FDCWD, path.c_str(), AT_SYMLINK_NOFOLLOW | AT_STATX_FORCE_SYNC, STATX_BASIC_STATS, &status);
}

void sync_file(int fd, const std::string& what) {
  while (::fsync(fd) != 0) {
    if (errno != EINTR) throw_not_durable("fsync " + what);
  }
}

void sync_directory(int fd, const std::string& what) {
  while (::fsync(fd) != 0) {
    if (errno == EINVAL || errno == ENOTSUP) return;
    if (errno != EINTR) throw_not_durable("fsync " + what);
  }
}

void sync_directory(const std::string& path) { sync_directory(open_directory(path).get(), path); }

void sync_name(int directory, const std::string& path) {
  const std::string parent = parent_of(path);
  const Fd fd(openat_again(directory, parent, O_RDONLY | O_DIRECTORY, 0));
  if (!fd) throw_not_durable("open " + parent);
  sync_directory(fd.get(), parent);
}

void sync_name_if_readable(int directory, const std::string& path) {
  const std::string parent = parent_of(path);
  const Fd fd(openat_again(directory, parent, O_RDONLY | O_DIRECTORY, 0));
  if (!fd && errno == EACCES) return;
  if (!fd) throw_not_durable("open " + parent);
  sync_directory(fd.get(), parent);
}

bool make_directory_at(int directory, const std::string& path, mode_t mode) {
  if (::mkdirat(directory, path.c_str(), mode) == 0) return true;
  if (errno != EEXIST) throw_errno("mkdir " + path);
  return false;
}

bool make_lasting_directory_at(int directory, const std::string& path, mode_t mode) {
  if (!make_directory_at(directory, path, mode)) return false;
  try {
    sync_name(directory, path);
  } catch (const std::system_error&) {
    ::unlinkat(directory, path.c_str(), AT_REMOVEDIR);
    throw;
  }
  return true;
}

bool make_directories(const std::string& path, mode_t mode) {
  try {
    return make_lasting_directory_at(AT_FDCWD, path, mode);
  } catch (const std::system_error& error) {
    const auto slash = path.find_last_of('/');
    if (error.code().value() != ENOENT || slash == std::string::npos || slash == 0) throw;
    make_directories(path.substr(0, slash), mode);
  }
  // "a/b/" has made a/b already; another process may have made it in between.
  return make_lasting_directory_at(AT_FDCWD, path, mode);
}

void rename_at(int from_directory, const std::string& from, int to_directory, const std::string& to) {
  if (::renameat(from_directory, from.c_str(), to_directory, to.c_str()) != 0)
    throw_errno("rename " + from + " to " + to);
}

void link_at(int from_directory, const std::string& from, int to_directory, const std::string& to) {
  if (::linkat(from_directory, from.c_str(), to_directory, to.c_str(), 0) != 0)
    throw_errno("link " + from + " to " + to);
}

Naming naming_of(int file, int directory) {
  // Of a name that is taken the kernel says so only to those who may link the file.
  if (::linkat(file, "", directory, ".", AT_EMPTY_PATH) != 0 && errno == EEXIST) return Naming::by_descriptor;
  return ::access("/proc/self/fd", X_OK) == 0 ? Naming::by_proc : Naming::impossible;
}

int name_file(int file, Naming how, int directory, const std::string& name) {
  if (how == Naming::by_descriptor)
    return ::linkat(file, "", directory, name.c_str(), AT_EMPTY_PATH) == 0 ? 0 : errno;
  const std::string link = "/proc/self/fd/" + std::to_string(file);
  return ::linkat(AT_FDCWD, link.c_str(), directory, name.c_str(), AT_SYMLINK_FOLLOW) == 0 ? 0 : errno;
}

bool remove_at(int directory, const std::string& path) {
  if (::unlinkat(directory, path.c_str(), 0) == 0) return true;
  if (!is_absent(errno)) throw_errno("unlink " + path);
  return false;
}

void replace_file(int workplace, const std::string& temporary, int directory, const std::string& path,
                  std::string_view octets, bool sync) {
  remove_at(workplace, temporary);
  try {
    Fd fd = open_at(workplace, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600);
    write_all(fd.get(), octets);
    if (sync) sync_file(fd.get(), temporary);
    fd.close();
    rename_at(workplace, temporary, directory, path);
  } catch (const std::system_error&) {
    unlinkat(workplace, temporary.c_str(), 0);
    throw;
  }
}

std::string read_whole_file(const std::string& path, std::size_t limit) {
  // O_NONBLOCK: a FIFO in a user's home must not hold a delivery until its deadline.
  const Fd file = open_file(path, O_RDONLY | O_NONBLOCK);
  const struct stat status = status_of(file.get());
  if (S_ISDIR(status.st_mode)) throw_errno(EISDIR, "read " + path);
  if (!S_ISREG(status.st_mode)) throw_errno(EINVAL, "read " + path);
  return read_all(file.get(), limit, static_cast<std::size_t>(status.st_size));
}

} // namespace base
