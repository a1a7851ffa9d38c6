// SPDX-License-Identifier: MIT
// What the mails of notify have in common, whichever extension makes them (RFC 5436 section 2.7).
#pragma once

#include "mail/address.h"
#include "sieve/spec.h"

#include <string>
#include <string_view>
#include <vector>

namespace sieve {

class Execution;
class MailDraft;

inline constexpr SettingSpec notification_sender = {
    "sieve_notify_mailto_envelope_from", "default",
    "envelope sender of notifications: sender, recipient, orig_recipient, user_email, postmaster, "
    "<address>; "
    "default is :from or else the postmaster"};

/// Moves the addresses of `list` to `recipients` as well; drops from both those who are told already, by
/// `recipients` or an action taken before.
void drop_told(Execution& execution, std::vector<mail::HeaderAddress>& list,
               std::vector<mail::Address>& recipients);

mail::Address notification_reverse_path(Execution& execution, const mail::Address& author);
/// The value of Auto-Submitted.
std::string auto_notified(Execution& execution);

/// "1" high, "2" normal, "3" low (RFC 5435 section 3.4).
bool is_importance(std::string_view digit);
void add_importance_fields(MailDraft& draft, std::string_view digit);

} // namespace sieve
