// SPDX-License-Identifier: MIT
// Addresses that a script writes (RFC 5228 section 2.4.2.3).
#pragma once

#include "mail/address.h"

#include <optional>
#include <string_view>

namespace sieve {

/// The one mailbox that `text` names, a display name allowed. Nothing for none, several, one without domain,
/// or one with octets outside ASCII in its local part.
std::optional<mail::HeaderAddress> single_address(std::string_view text);

} // namespace sieve
