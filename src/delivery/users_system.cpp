// SPDX-License-Identifier: MIT
// The system's users, and the one who runs the program.
#include "delivery/errors.h"
#include "delivery/system_accounts.h"
#include "delivery/user.h"

#include <cstdlib>
#include <unistd.h>

namespace delivery {

namespace {

class SystemUsers : public UserSource {
public:
  std::optional<User> find(const UserName& name) override { return system_user(name.local); }
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
    if (auto user = system_user(geteuid())) return user;
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
