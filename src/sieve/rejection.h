// SPDX-License-Identifier: MIT
// A refusal as a mail, for where the protocol has no reply that could carry it (RFC 5429 section 2.1.1).
#pragma once

#include "sieve/action.h"
#include "sieve/sieve.h"

#include <string_view>

namespace sieve {

/// A message disposition notification (RFC 8098) to the envelope sender, from the recipient's postmaster,
/// with the reason for people, the disposition for programs, and the header of `message`. The envelope sender
/// must not be null: nobody is told then.
OutgoingMail compose_rejection(const Reject& reject, const MessageEnvelope& envelope, const Host& host,
                               const mail::EditedMessage& message);

} // namespace sieve
