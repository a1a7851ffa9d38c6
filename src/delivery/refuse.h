// SPDX-License-Identifier: MIT
// Refusing a message because the recipient's script says so (RFC 5429).
#pragma once

#include "delivery/job.h"
#include "sieve/action.h"
#include "sieve/host.h"

#include <optional>

namespace delivery {

/// Can the client be told the reason as it is (RFC 5429 section 2.1.1)? `utf8`: it asked for SMTPUTF8.
bool can_be_said(const sieve::Reject& reject, bool utf8);
/// RFC 5429 section 2.1: the reason as a multi-line reply; one that cannot be said is replaced as a whole.
mail::Reply refusal(const sieve::Reject& reject, bool utf8);

/// The reply: 550 with the reason, which the client passes on. A notification is sent to the envelope sender,
/// and the reply is 250, where nobody reads replies (`reject_by_mail`), and for a reason outside ASCII that a
/// client without SMTPUTF8 cannot be told, if the script says `reject` (RFC 5429 section 2.2) and the message
/// is not automatic; if it cannot be sent, a 550 it is again. Nothing when there is no sender who could be
/// told: then the message is to be kept.
std::optional<mail::Reply> refuse(const Job& job, const sieve::Host& host, const sieve::Reject& reject,
                                  const mail::EditedMessage& message);

} // namespace delivery
