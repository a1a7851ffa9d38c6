// SPDX-License-Identifier: MIT
// A mail to the user whose mailbox gets full.
#pragma once

#include "delivery/job.h"
#include "delivery/mailboxes.h"
#include "delivery/quota.h"

namespace delivery {

/// Puts the warning into the INBOX when `added`, which has just been delivered, took the mailbox over one of
/// the thresholds: one warning for each crossing, of the highest. No script and no quota is asked about it,
/// so that it can neither loop nor be refused; it is counted like any other mail. Failures are logged.
void warn_of_quota(const Job& job, const Mailboxes& mailboxes, const Usage& added);

} // namespace delivery
