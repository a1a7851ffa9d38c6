// SPDX-License-Identifier: MIT
#include "delivery/privileges.h"

#include "base/error.h"
#include "delivery/errors.h"
#include "delivery/system_accounts.h"

#include <grp.h>
#include <stdexcept>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace delivery {

namespace {

/// Other groups of the user: of NSS for a system user. A virtual user may be called like a system's, but is
/// not.
void set_groups(const User& user) {
  if (user.system_groups) return take_groups(user);
  const gid_t own = user.gid;
  if (setgroups(1, &own) != 0) base::throw_errno("setgroups");
}

void verify(const User& user) {
  uid_t real = 0, effective = 0, saved = 0;
  gid_t real_gid = 0, effective_gid = 0, saved_gid = 0;
  if (getresuid(&real, &effective, &saved) != 0 || getresgid(&real_gid, &effective_gid, &saved_gid) != 0)
    base::throw_errno("getresuid");
  const bool is_user = real == user.uid && effective == user.uid && saved == user.uid &&
                       real_gid == user.gid && effective_gid == user.gid;
  if (!is_user || seteuid(0) == 0) // which asks for what setuid(0) would
    throw Failure(internal_error(), "the child could not become the recipient");
}

} // namespace

std::optional<gid_t> find_group(const std::string& name) {
  if (name.empty()) return std::nullopt;
  if (const auto found = system_group(name)) return found;
  throw std::invalid_argument("mail-group: there is no group '" + name + "'");
}

void become(const User& user, std::optional<gid_t> mail_group) {
  umask(077);
  if (user.uid == 0) throw Failure(misconfigured(), "mail is never delivered as root");
  if (const auto own = geteuid(); own != 0) {
    if (own != user.uid) throw Failure(misconfigured(), "not root, and another user than the recipient");
    return;
  }
  set_groups(user);
  if (setresgid(user.gid, user.gid, mail_group.value_or(user.gid)) != 0) base::throw_errno("setresgid");
  if (setresuid(user.uid, user.uid, user.uid) != 0) base::throw_errno("setresuid");
  verify(user);
}

void drop_mail_group() {
  const gid_t own = getgid();
  if (setresgid(own, own, own) != 0) base::throw_errno("setresgid");
}

} // namespace delivery
