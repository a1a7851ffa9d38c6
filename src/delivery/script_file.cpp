// SPDX-License-Identifier: MIT
#include "delivery/script_file.h"

#include "base/error.h"
#include "base/file.h"
#include "base/io.h"
#include "delivery/errors.h"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstdint>
#include <dirent.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <memory>
#include <string_view>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace delivery {

namespace {

constexpr std::size_t longest_script = 1024 * 1024;

bool is_ours(uid_t owner) { return owner == 0 || owner == geteuid(); }

[[noreturn]] void refuse(const std::string& path, const char* why) {
  throw Failure(internal_error(), path + why);
}

void check_owner(const std::string& path, const struct stat& status) {
  if (!is_ours(status.st_uid)) refuse(path, " belongs neither to the user nor to root");
  if (!S_ISLNK(status.st_mode) && (status.st_mode & S_IWOTH)) refuse(path, " may be written by anybody");
}

/// The path of what an open descriptor is, whatever links led to it; empty where there is no /proc.
std::string real_path(int fd) {
  char path[PATH_MAX];
  const auto length = readlink(("/proc/self/fd/" + std::to_string(fd)).c_str(), path, sizeof path);
  return length > 0 ? std::string(path, static_cast<std::size_t>(length)) : std::string();
}

bool lies_below(const std::string& directory, const std::string& path) {
  return path.size() > directory.size() + 1 && path.compare(0, directory.size(), directory) == 0 &&
         path[directory.size()] == '/';
}

/// RESOLVE_BENEATH of openat2(2), which a confined process may not call. Links that are relative and stay
/// below are the usual case; for an absolute one the kernel cannot tell.
std::optional<base::Fd> open_beneath(const std::string& directory, const std::string& path, int flags) {
#ifdef SYS_openat2
  if (!lies_below(directory, path)) return std::nullopt;
  const auto top = base::open_if_exists(directory, O_PATH | O_DIRECTORY);
  if (!top) return std::nullopt;
  open_how how{};
  how.flags = static_cast<std::uint64_t>(flags | O_CLOEXEC);
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS;
  const std::string rest = path.substr(directory.size() + 1);
  const auto fd = syscall(SYS_openat2, top->get(), rest.c_str(), &how, sizeof how);
  if (fd >= 0) return base::Fd(static_cast<int>(fd));
#endif
  return std::nullopt;
}

/// What lies in the home itself and is no link is not elsewhere: no more is to be asked.
std::optional<base::Fd> open_plain(const std::string& path, const std::string& home, int flags) {
  if (path.substr(0, path.find_last_of('/')) != home || (flags & O_PATH) != 0) return std::nullopt;
  const int fd = open(path.c_str(), flags | O_NOFOLLOW | O_CLOEXEC);
  return fd < 0 ? std::nullopt : std::optional(base::Fd(fd)); // else those who follow links say what is wrong
}

bool leads_below(const std::string& directory, int fd) {
  const auto top = base::open_if_exists(directory, O_PATH | O_DIRECTORY);
  return top && lies_below(real_path(top->get()), real_path(fd));
}

std::string directory_of(const std::string& path) { return path.substr(0, path.find_last_of('/')); }

template <typename Wanted>
std::vector<std::string> entries_of(const std::string& path, const Wanted& wanted) {
  std::vector<std::string> paths;
  const auto fd = base::open_if_exists(path, O_RDONLY | O_NONBLOCK); // a FIFO would wait for its writer
  if (!fd || !S_ISDIR(base::status_of(fd->get()).st_mode)) return paths;
  const std::unique_ptr<DIR, int (*)(DIR*)> entries(fdopendir(dup(fd->get())), closedir);
  if (!entries) base::throw_errno("read " + path);
  while (const dirent* entry = readdir(entries.get()))
    if (wanted(*entry)) paths.push_back(path + "/" + entry->d_name);
  return paths;
}

} // namespace

std::optional<base::Fd> open_script(const std::string& path, const std::string& home, int flags) {
  if (home.empty()) return base::open_if_exists(path, flags);
  if (auto fd = open_plain(path, home, flags)) return fd;
  if (auto fd = open_beneath(home, path, flags)) return fd;
  auto fd = base::open_if_exists(path, flags);
  const auto directory = directory_of(path);
  if (fd && !leads_below(home, fd->get()) && !leads_below(directory, fd->get()))
    refuse(path, " leads out of the user's directory");
  return fd;
}

std::optional<std::string> read_script(const std::string& path, const std::string& home) {
  const bool personal = !home.empty();
  constexpr int flags = O_RDONLY | O_NONBLOCK;
  auto fd = open_plain(path, home, flags);
  if (!fd) {
    const auto named = base::status_at(AT_FDCWD, path);
    if (!named) return std::nullopt;
    if (personal) check_owner(path, *named);
    fd = open_script(path, home, flags);
  }
  if (!fd) return std::nullopt; // a link to nothing
  const auto status = base::status_of(fd->get());
  if (personal) check_owner(path, status);
  if (!S_ISREG(status.st_mode)) refuse(path, " is no regular file");
  return base::read_all(fd->get(), longest_script, static_cast<std::size_t>(status.st_size));
}

std::vector<std::string> scripts_there(const std::string& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) {
    const bool absent = errno == ENOENT || errno == ENOTDIR;
    return absent ? std::vector<std::string>() : std::vector<std::string>{path};
  }
  if (!S_ISDIR(status.st_mode)) return {path};
  auto paths = entries_of(path, [](const dirent& entry) {
    const std::string_view name = entry.d_name;
    return name.size() > 6 && name[0] != '.' && name.ends_with(".sieve");
  });
  std::sort(paths.begin(), paths.end());
  return paths;
}

std::vector<std::string> script_paths(const std::string& path) {
  struct stat status {};
  return stat(path.c_str(), &status) == 0 ? scripts_there(path) : std::vector<std::string>{path};
}

std::vector<std::string> links_in(const std::string& path) {
  return entries_of(path, [](const dirent& entry) { return entry.d_type == DT_LNK; });
}

} // namespace delivery
