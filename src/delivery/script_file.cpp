// SPDX-License-Identifier: MIT
#include "delivery/script_file.h"

#include "base/error.h"
#include "base/file.h"
#include "base/io.h"
#include "delivery/errors.h"

#include <algorithm>
#include <cerrno>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>
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

} // namespace

std::optional<std::string> read_script(const std::string& path, bool personal) {
  const auto named = base::status_at(AT_FDCWD, path);
  if (!named) return std::nullopt;
  if (personal) check_owner(path, *named);
  const auto fd = base::open_if_exists(path, O_RDONLY | O_NONBLOCK); // a FIFO would wait for its writer
  if (!fd) return std::nullopt;                                      // a link to nothing
  const auto status = base::status_of(fd->get());
  if (personal) check_owner(path, status);
  if (!S_ISREG(status.st_mode)) refuse(path, " is no regular file");
  return base::read_all(fd->get(), longest_script);
}

std::vector<std::string> script_paths(const std::string& path) {
  const auto fd = base::open_if_exists(path, O_RDONLY | O_NONBLOCK);
  if (!fd || !S_ISDIR(base::status_of(fd->get()).st_mode)) return {path};
  const std::unique_ptr<DIR, int (*)(DIR*)> entries(fdopendir(dup(fd->get())), closedir);
  if (!entries) base::throw_errno("read " + path);
  std::vector<std::string> paths;
  while (const dirent* entry = readdir(entries.get())) {
    const std::string name = entry->d_name;
    const bool matches = name.size() > 6 && name[0] != '.' && name.compare(name.size() - 6, 6, ".sieve") == 0;
    if (matches) paths.push_back(path + "/" + name);
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

} // namespace delivery
