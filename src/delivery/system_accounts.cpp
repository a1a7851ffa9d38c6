// SPDX-License-Identifier: MIT
#include "delivery/system_accounts.h"

#include "base/error.h"
#include "config.h"
#include "delivery/account_files.h"
#include "delivery/errors.h"

#include <cerrno>
#include <grp.h>
#include <pwd.h>
#include <unistd.h>

namespace delivery {

#ifdef LASTMILE_STATIC

std::optional<User> system_user(const std::string& name) {
  return user_in("/etc/passwd", [&](const passwd& entry) { return name == entry.pw_name; });
}

std::optional<User> system_user(uid_t uid) {
  return user_in("/etc/passwd", [&](const passwd& entry) { return uid == entry.pw_uid; });
}

std::optional<gid_t> system_group(const std::string& name) { return group_in("/etc/group", name); }

void take_groups(const User& user) {
  const auto groups = groups_in("/etc/group", user);
  if (setgroups(groups.size(), groups.data()) != 0) base::throw_errno("setgroups");
}

#else

namespace {

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

} // namespace

std::optional<User> system_user(const std::string& name) {
  return ask_nss([&](passwd* entry, char* buffer, std::size_t size, passwd** found) {
    return getpwnam_r(name.c_str(), entry, buffer, size, found);
  });
}

std::optional<User> system_user(uid_t uid) {
  return ask_nss([&](passwd* entry, char* buffer, std::size_t size, passwd** found) {
    return getpwuid_r(uid, entry, buffer, size, found);
  });
}

std::optional<gid_t> system_group(const std::string& name) {
  const group* found = getgrnam(name.c_str());
  if (!found) return std::nullopt;
  return found->gr_gid;
}

void take_groups(const User& user) {
  if (initgroups(user.name.c_str(), user.gid) != 0) base::throw_errno("initgroups");
}

#endif

} // namespace delivery
