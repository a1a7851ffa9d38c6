// SPDX-License-Identifier: MIT
// A user exists if the directory does that a template makes of the name; who owns it is who the user is.
#include "base/file.h"
#include "delivery/account.h"
#include "delivery/errors.h"
#include "delivery/user.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <utility>

namespace delivery {

namespace {

class DirectoryUsers : public UserSource {
public:
  explicit DirectoryUsers(std::string path_template) : template_(std::move(path_template)) {}

  std::optional<User> find(const UserName& name) override {
    if (name.domain.empty() && template_.find("{domain}") != std::string::npos) return std::nullopt;
    Account account;
    account.user.name = name.str();
    account.local = name.local;
    account.domain = name.domain;
    const std::string path = expand(template_, account);
    struct stat status {};
    if (stat(path.c_str(), &status) != 0) {
      if (errno == ENOENT || errno == ENOTDIR) return std::nullopt;
      throw Failure(internal_error(), "stat " + path + ": " + std::generic_category().message(errno));
    }
    if (!S_ISDIR(status.st_mode)) return std::nullopt;
    account.user.uid = status.st_uid;
    account.user.gid = status.st_gid;
    account.user.home = path;
    return account.user;
  }

private:
  std::string template_;
};

} // namespace

std::unique_ptr<UserSource> directory_users(std::string path_template) {
  return std::make_unique<DirectoryUsers>(std::move(path_template));
}

} // namespace delivery
