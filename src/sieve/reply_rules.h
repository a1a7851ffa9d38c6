// SPDX-License-Identifier: MIT
// To which messages no automatic reply may go (RFC 3834 section 2, RFC 5230 sections 4.5, 4.6).
#pragma once

#include "mail/address.h"
#include "mail/edited_message.h"

#include <optional>
#include <string>
#include <vector>

namespace sieve {

class Execution;

/// Why nobody may be answered whatever the recipient's addresses are: no sender, a sender that is a program
/// or the recipient, a mailing list, an automatic message. Empty if a reply may go out.
std::string reason_not_to_reply(Execution& execution, const std::vector<mail::Address>& own);
/// The same but for the recipient's addresses, for what is no script.
std::string reason_not_to_reply(const mail::Address& sender, const mail::EditedMessage& message);

/// The first of the recipient's addresses that the message names as addressee.
std::optional<mail::Address> addressed_as(Execution& execution, const std::vector<mail::Address>& own);

} // namespace sieve
