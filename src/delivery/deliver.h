// SPDX-License-Identifier: MIT
// One message for one recipient, in his own process: what the child does.
#pragma once

#include "delivery/channel.h"
#include "delivery/job.h"
#include "delivery/mailboxes.h"
#include "delivery/milestones.h"
#include "delivery/quota.h"

namespace delivery {

/// Decides, stores, sends, and tells `channel` the reply: at once when it is final, before what is done as
/// well as it goes. The record of intent goes when `milestones` say that the client has the reply. Throws
/// Failure or std::system_error when nothing was done and the sender is to try again; whatever else leaves it
/// is a fault of the evaluation (or ours) and nothing was done either.
void deliver(const Job& job, Channel& channel, Milestones& milestones);

/// Throws Failure (over_quota) when `more` does not fit into the account's mailbox `folder`.
void judge_quota(const Settings& settings, const Account& account, const Mailboxes& mailboxes,
                 const FolderName& folder, const Usage& more);

} // namespace delivery
