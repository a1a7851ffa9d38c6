// SPDX-License-Identifier: MIT
// The parameters that service extensions add to MAIL and RCPT (RFC 5321 section 4.1.2: esmtp-param).
#pragma once

#include "mail/envelope.h"
#include "mail/reply.h"

#include <optional>
#include <string_view>

namespace lmtp {

/// Reads "KEYWORD=value KEYWORD ..." into the envelope or recipient; nothing when all is well, else the
/// refusal: 555 5.5.4 for a keyword it does not know, 501 5.5.4 for a value that is wrong or a keyword given
/// twice.
std::optional<mail::Reply> read_parameters(std::string_view text, mail::Envelope& envelope);
std::optional<mail::Reply> read_parameters(std::string_view text, mail::Recipient& recipient);

} // namespace lmtp
