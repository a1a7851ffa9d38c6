// SPDX-License-Identifier: MIT
// Who is the envelope sender, or the author, of a mail that a script sends.
#pragma once

#include "mail/address.h"
#include "sieve/sieve.h"

#include <optional>
#include <string>
#include <string_view>

namespace sieve {

/// `policy` is "sender", "recipient", "orig_recipient", "user_email", "postmaster", "default", "<address>" or
/// "<>", blanks around it ignored. `fallback` answers "default", an empty policy and one that cannot be read.
/// A message that came from the null reverse-path is answered with it, whatever the policy says: null comes
/// out empty.
mail::Address policy_sender(std::string_view policy, const MessageEnvelope& envelope, const Host& host,
                            const mail::Address& fallback);

/// The same for an author: the null reverse-path plays no role, and empty is never the answer.
mail::Address policy_author(std::string_view policy, const MessageEnvelope& envelope, const Host& host,
                            const mail::Address& fallback);

/// Host::postmaster() as an address.
mail::Address postmaster_address(const Host& host);

} // namespace sieve
