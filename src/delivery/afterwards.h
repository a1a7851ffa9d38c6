// SPDX-License-Identifier: MIT
// What follows a commit. None of it can fail the delivery any more: the mail is stored.
#pragma once

#include "delivery/plan.h"
#include "delivery/quota.h"

namespace delivery {

/// Before the reply: the quota file, the duplicate records. Failures are logged.
void record(const Job& job, const Plan& plan, const Mailboxes& mailboxes, const Usage& added);

/// After the reply: vacation, notify, report with their fcc copies, the success DSN. Failures are logged.
void afterwards(const Job& job, const Plan& plan, const Mailboxes& mailboxes);

} // namespace delivery
