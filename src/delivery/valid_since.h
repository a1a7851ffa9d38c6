// SPDX-License-Identifier: MIT
// RFC 7293: mail that is meant for whoever owned an address at some time, and not for a later owner.
#pragma once

#include "delivery/account.h"
#include "mail/edited_message.h"
#include "mail/envelope.h"
#include "mail/reply.h"

#include <optional>

namespace delivery {

/// Can users of that kind have the option "since"? Only then RRVS is worth offering.
bool knows_since_when(const UsersSpec& users);

/// 550 5.7.17 when RCPT's RRVS is earlier than the account. Nothing where either is not known.
std::optional<mail::Reply> owner_has_changed(const User& user, const mail::Recipient& recipient);

/// The same for the fields Require-Recipient-Valid-Since, by which a relay without RRVS passes it on (section
/// 3.2): those that name the recipient's address. RRVS itself overrules them (section 5.1).
std::optional<mail::Reply> owner_has_changed(const User& user, const mail::Recipient& recipient,
                                             const mail::EditedMessage& message);

} // namespace delivery
