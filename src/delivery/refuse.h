// SPDX-License-Identifier: MIT
// Refusing a message because the recipient's script says so (RFC 5429).
#pragma once

#include "delivery/job.h"
#include "sieve/action.h"
#include "sieve/host.h"

#include <optional>

namespace delivery {

/// The reply: 550 with the reason, which the client passes on. Where nobody reads replies (`reject_by_mail`)
/// a notification is sent to the envelope sender, and the reply is 250; if it cannot be sent, the 550 makes
/// the exit status that is left. Nothing when there is no sender who could be told: then the message is to be
/// kept.
std::optional<mail::Reply> refuse(const Job& job, const sieve::Host& host, const sieve::Reject& reject,
                                  const mail::EditedMessage& message);

} // namespace delivery
