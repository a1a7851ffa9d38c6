// SPDX-License-Identifier: MIT
#include "delivery/user_text.h"

#include "base/ascii.h"
#include "base/file.h"
#include "base/io.h"
#include "base/utf8.h"
#include "delivery/errors.h"

#include <algorithm>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace delivery {

namespace {

/// One directory after the other, so that none of them can be a link out of the home. O_PATH: the directories
/// themselves need not be readable.
std::optional<base::Fd> open_below(const std::string& home, std::string_view rest) {
  auto directory = base::open_if_exists(home, O_PATH | O_DIRECTORY);
  while (directory) {
    const auto slash = rest.find('/');
    const std::string name(rest.substr(0, slash));
    if (name == "..") throw Failure(internal_error(), std::string(rest) + " leads out of the home");
    if (slash == std::string_view::npos)
      return base::open_if_exists_at(directory->get(), name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    rest.remove_prefix(slash + 1);
    if (!name.empty() && name != ".")
      directory = base::open_if_exists_at(directory->get(), name, O_PATH | O_DIRECTORY | O_NOFOLLOW);
  }
  return std::nullopt;
}

void judge(const struct stat& status, bool personal, const std::string& path) {
  const bool ours = status.st_uid == 0 || status.st_uid == geteuid();
  if (!S_ISREG(status.st_mode)) throw Failure(internal_error(), path + " is no regular file");
  if (personal && !ours) throw Failure(internal_error(), path + " belongs neither to the user nor to root");
  if (status.st_mode & S_IWOTH) throw Failure(internal_error(), path + " may be written by anybody");
}

bool is_text(std::string_view octets) {
  return base::is_utf8(octets) && std::none_of(octets.begin(), octets.end(), [](char c) {
           return base::is_control(c) && !base::is_space(c);
         });
}

} // namespace

std::optional<std::string> read_user_text(const std::string& path, const Account& account,
                                          std::size_t limit) {
  const std::string home = account.user.home + "/";
  const bool personal = path.starts_with(home);
  const auto fd = personal ? open_below(home, std::string_view(path).substr(home.size()))
                           : base::open_if_exists(path, O_RDONLY | O_NONBLOCK);
  if (!fd) return std::nullopt;
  judge(base::status_of(fd->get()), personal, path);
  auto text = base::read_all(fd->get(), limit);
  if (!is_text(text)) throw Failure(internal_error(), path + " is no text in UTF-8");
  return text;
}

} // namespace delivery
