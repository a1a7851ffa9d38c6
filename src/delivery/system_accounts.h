// SPDX-License-Identifier: MIT
// The system's users and groups: those of NSS (files, LDAP, SSSD, ...), in a static program those of
// /etc/passwd and /etc/group.
#pragma once

#include "delivery/user.h"

#include <optional>
#include <string>
#include <sys/types.h>

namespace delivery {

/// Nothing only if there positively is no such user. Throws Failure or std::system_error when that could not
/// be asked.
std::optional<User> system_user(const std::string& name);
std::optional<User> system_user(uid_t uid);

/// Nothing if there is no such group. Throws std::system_error.
std::optional<gid_t> system_group(const std::string& name);

/// Makes the groups of the user those of this process, which is root's. Throws std::system_error.
void take_groups(const User& user);

} // namespace delivery
