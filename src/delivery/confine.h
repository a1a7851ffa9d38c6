// SPDX-License-Identifier: MIT
// What a delivery may reach once it reads what others wrote.
#pragma once

#include "delivery/account.h"

#include <optional>
#include <sys/types.h>

namespace delivery {

/// In the child, as the user: makes the directories that a delivery may need and could not make later, then
/// leaves it nothing but the account's mailboxes, scripts and ~/.lastmile, what the libraries read, and the
/// system calls of a delivery; no process may be started any more. With `sandbox = no` the last is all.
/// Throws std::system_error when the kernel refuses what it has.
void confine(const Settings& settings, const Account& account, std::optional<gid_t> mail_group);

} // namespace delivery
