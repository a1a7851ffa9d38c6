// SPDX-License-Identifier: MIT
// The fields that the last mile adds in front of a message, and the loops that they give away.
#pragma once

#include "delivery/account.h"
#include "mail/edited_message.h"
#include "mail/envelope.h"
#include "mail/reply.h"

#include <cstdint>
#include <optional>
#include <string>

namespace delivery {

struct TraceFacts {
  std::string id;       // of this transaction
  std::int64_t now = 0; // seconds since 1970
  std::string date;     // of `now`, for a header field: once, not for each recipient
};

/// Return-Path, X-Original-To (when ORCPT names another address), Delivered-To, Received (RFC 5321
/// section 4.4, LMTP keyword of RFC 3848, UTF8LMTP of RFC 6531 section 4.3), as the settings want them; LF
/// line ends.
std::string trace_fields(const Settings& settings, const mail::Envelope& envelope,
                         const mail::Recipient& recipient, const TraceFacts& facts);
/// The Received field alone, for what is sent on.
std::string received_field(const Settings& settings, const mail::Envelope& envelope,
                           const mail::Recipient& recipient, const TraceFacts& facts);

/// The address that ORCPT names, if it is one of mail and another than the recipient's.
std::optional<std::string> original_recipient(const mail::Recipient& recipient);

/// 554 5.4.6 when the recipient's own address is in a Delivered-To field of an earlier hop (that is, not
/// above the first Received), or there are more than 100 Received.
std::optional<mail::Reply> loop_found(const mail::EditedMessage& message, const mail::Recipient& recipient);

/// Was this message redirected by a script of this recipient before?
bool was_redirected_by(const mail::EditedMessage& message, const mail::Recipient& recipient);
inline constexpr const char* redirected_field = "X-Sieve-Redirected-From";

} // namespace delivery
