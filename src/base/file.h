// SPDX-License-Identifier: MIT
// Files by path or relative to a directory descriptor. Everything throws std::system_error with the call and
// the path in its text, unless it says otherwise; every descriptor is close-on-exec.
#pragma once

#include "base/fd.h"

#include <cerrno>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <sys/stat.h>
#include <sys/types.h>
#include <system_error>

namespace base {

/// `directory` is a descriptor or AT_FDCWD; `flags` and `mode` are those of openat(2).
Fd open_at(int directory, const std::string& path, int flags, mode_t mode = 0);
Fd open_file(const std::string& path, int flags, mode_t mode = 0);
/// Nothing when it does not exist (ENOENT, ENOTDIR); every other failure throws.
std::optional<Fd> open_if_exists(const std::string& path, int flags);
std::optional<Fd> open_if_exists_at(int directory, const std::string& path, int flags);
/// For the *at functions and for sync_directory.
Fd open_directory(const std::string& path);
/// The directory `path` below `top` (a descriptor), of which no part is a symbolic link: whoever owns `top`
/// cannot lead us elsewhere. Missing ones are made, durable, with the mode `make` unless it is 0; then
/// nothing, as for a link. Throws EXDEV for "..".
std::optional<Fd> open_directory_beneath(int top, const std::string& path, mode_t make = 0);

/// A file without a name in `directory`, read and write, mode 0600: gone with its last descriptor, also in a
/// crash.
Fd open_unnamed(const std::string& directory);

struct stat status_of(int fd);
/// Nothing when it does not exist; does not follow a symbolic link at the end of the path.
std::optional<struct stat> status_at(int directory, const std::string& path);

/// Asks the servers of a cluster filesystem what the file is like now. A client of FUSE goes on for a second
/// with what it knew, a lock or not: size and content would be those before another host wrote. Costs nothing
/// elsewhere. Best effort.
void refresh_status(int fd);
/// The same by path, so that the name leads to the file which another host has put there. Best effort.
void refresh_status(const std::string& path);

/// What `read` returns, which opens `path` and reads it. It is called again, a few times, while it throws
/// ESTALE: on a cluster filesystem the name still led to a file that another host has replaced by rename.
template <typename Read>
auto retry_if_stale(const std::string& path, const Read& read) {
  for (int tries = 3; tries > 0; --tries) {
    try {
      return read();
    } catch (const std::system_error& error) {
      if (error.code().value() != ESTALE) throw;
    }
    refresh_status(path);
  }
  return read();
}

/// What is there now may not be there after a power cut.
class NotDurable : public std::system_error {
  using std::system_error::system_error;
};

/// fsync(2): the octets are on the disk, or it throws NotDurable. `what` is for the error's text.
void sync_file(int fd, const std::string& what);
/// The names in a directory are on the disk, or it throws NotDurable. A filesystem that cannot sync
/// directories (EINVAL) needs none.
void sync_directory(int fd, const std::string& what);
void sync_directory(const std::string& path);
/// The same for the directory in which `path` lies, from `directory` on, which may be opened with O_PATH.
/// NotDurable too if it cannot be opened.
void sync_name(int directory, const std::string& path);
/// The same, but nothing where we may not read it (EACCES): there the name goes to the disk with the fsync of
/// what it names, as every filesystem with a journal does it.
void sync_name_if_readable(int directory, const std::string& path);

/// mkdirat(2); false when it existed. Not durable.
bool make_directory_at(int directory, const std::string& path, mode_t mode);
/// mkdirat(2), durable; false when it existed. Gone again when that throws NotDurable: who comes next must
/// not take it for one whose name is on the disk.
bool make_lasting_directory_at(int directory, const std::string& path, mode_t mode);
/// With all its parents, each made with `mode`, durable; false when it existed.
bool make_directories(const std::string& path, mode_t mode);

void rename_at(int from_directory, const std::string& from, int to_directory, const std::string& to);
/// link(2): throws EEXIST instead of replacing.
void link_at(int from_directory, const std::string& from, int to_directory, const std::string& to);
/// How the owner of a file without a name (O_TMPFILE) can give it one: by its descriptor since Linux 6.10,
/// else through proc(5), which may not be there and takes ten times as long in a process that is new.
enum class Naming { impossible, by_descriptor, by_proc };
/// Asked before the file is filled. `directory` is one in which the name could be.
Naming naming_of(int file, int directory);
/// 0, or the errno of link(2).
int name_file(int file, Naming how, int directory, const std::string& name);
/// Removes a name; false when it was not there.
bool remove_at(int directory, const std::string& path);

/// Puts a new file (mode 0600) in the place of `path` in `directory`, so that readers see the old one or the
/// new one, whole: written as `temporary` in `workplace`, a name that no other process uses, and renamed.
/// `sync`: it is on the disk before. When it throws std::system_error, nothing is left behind but the old
/// one.
void replace_file(int workplace, const std::string& temporary, int directory, const std::string& path,
                  std::string_view octets, bool sync);

/// A whole regular file; EFBIG when it has more than `limit` octets.
std::string read_whole_file(const std::string& path, std::size_t limit);

} // namespace base
