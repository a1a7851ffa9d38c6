// SPDX-License-Identifier: MIT
// Becoming the recipient, once and for good.
#pragma once

#include "delivery/settings.h"
#include "delivery/user.h"

#include <optional>
#include <string>
#include <sys/types.h>

namespace delivery {

/// The group's number, or nothing for an empty name. Throws std::invalid_argument if there is no such group.
std::optional<gid_t> find_group(const std::string& name);

/// In a child of root: groups, gid and uid of the user, verified not to come back. `mail_group` stays within
/// reach as the saved group id alone: taken where a dotlock needs it (GroupScope), gone in every program that
/// is executed after drop_mail_group(). In a process that is not root: checks that it is this user already.
/// Sets the umask to 077. Throws std::system_error or Failure.
void become(const User& user, std::optional<gid_t> mail_group);

/// Before execve(2): the saved group id is given up.
void drop_mail_group();

} // namespace delivery
