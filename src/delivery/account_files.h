// SPDX-License-Identifier: MIT
// /etc/passwd and /etc/group read as they are, for a static program: the modules of NSS are shared libraries,
// which it cannot load.
#pragma once

#include "delivery/user.h"

#include <functional>
#include <optional>
#include <pwd.h>
#include <string>
#include <sys/types.h>
#include <vector>

namespace delivery {

/// The first entry of a file like passwd(5) that is `wanted`. Throws std::system_error if the file cannot be
/// read.
std::optional<User> user_in(const std::string& passwd_file, const std::function<bool(const passwd&)>& wanted);

/// The group of this name in a file like group(5). Throws std::system_error if the file cannot be read.
std::optional<gid_t> group_in(const std::string& group_file, const std::string& name);

/// The user's own group, and all that name him as a member. Throws likewise.
std::vector<gid_t> groups_in(const std::string& group_file, const User& user);

/// What getpwnam(3) and its like found.
User from_passwd(const passwd& entry);

} // namespace delivery
