// SPDX-License-Identifier: MIT
// The system's users, from NSS (passwd, LDAP, SSSD, ...).
#include "delivery/errors.h"
#include "delivery/user.h"

#include <cerrno>
#include <pwd.h>
#include <unistd.h>
#include <vector>

namespace delivery {

namespace {

User from_passwd(const passwd& entry) {
  User user;
  user.name = entry.pw_name;
  user.uid = entry.pw_uid;
  user.gid = entry.pw_gid;
  user.home = entry.pw_dir;
  user.system_groups = true;
  return user;
}

/// `ask` is getpwnam_r or getpwuid_r with its key bound.
template <typename Ask>
std::optional<User> ask_nss(const Ask& ask) {
  std::vector<char> buffer(16384);
  passwd entry{};
  passwd* found = nullptr;
  int error = 0;
  while ((error = ask(&entry, buffer.data(), buffer.size(), &found)) == ERANGE && buffer.size() < (1u << 22))
    buffer.resize(buffer.size() * 2);
  if (found) return from_passwd(*found);
  // getpwnam(3): these mean "no such user" in one module or another; everything else is trouble.
  if (error == 0 || error == ENOENT || error == ESRCH) return std::nullopt;
  throw Failure(internal_error(), "users: " + std::generic_category().message(error));
}

class SystemUsers : public UserSource {
public:
  std::optional<User> find(const UserName& name) override {
    return ask_nss([&](passwd* entry, char* buffer, std::size_t size, passwd** found) {
      return getpwnam_r(name.local.c_str(), entry, buffer, size, found);
    });
  }
};

/// The user who runs the program, and nobody else.
class SelfUser : public UserSource {
public:
  std::optional<User> find(const UserName& name) override {
    auto self = fallback_postmaster();
    if (self && self->name != name.local) self.reset();
    return self;
  }

  std::optional<User> fallback_postmaster() override {
    auto user = ask_nss([](passwd* entry, char* buffer, std::size_t size, passwd** found) {
      return getpwuid_r(geteuid(), entry, buffer, size, found);
    });
    if (user) return user;
    // In a container the user may have a number only; then the environment has the rest.
    const char* name = getenv("LOGNAME");
    const char* home = getenv("HOME");
    if (!name || !home) throw Failure(misconfigured(), "users = self: this user has no name and no home");
    User self;
    self.name = name;
    self.uid = geteuid();
    self.gid = getegid();
    self.home = home;
    return self;
  }
};

} // namespace

std::unique_ptr<UserSource> system_users() { return std::make_unique<SystemUsers>(); }

std::unique_ptr<UserSource> self_user() { return std::make_unique<SelfUser>(); }

} // namespace delivery
