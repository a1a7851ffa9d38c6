// SPDX-License-Identifier: MIT
#pragma once

#include "delivery/channel.h"
#include "delivery/job.h"

#include <functional>

namespace delivery {

/// What a child does from its first to its last instruction: leaves the client's streams, becomes the user,
/// limits itself, runs `work`, and makes a reply of whatever exception ends it. This is the one place where
/// they are caught. Returns the exit status. No reply is told when `work` died of something else than a
/// failure of the machine before it began to stage: the parent then runs it again without scripts.
int child_body(const Settings& settings, const User& user, std::optional<gid_t> mail_group,
               std::size_t message_size, Channel& channel, const std::function<void()>& work);

} // namespace delivery
