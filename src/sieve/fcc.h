// SPDX-License-Identifier: MIT
// What tags that name a mailbox do to an action, be it a store or a mail of which a copy is filed (RFC 8580).
#pragma once

#include "sieve/action.h"

namespace sieve {

/// Where the copy of a vacation or notify goes: made if it was not said before, for tags come in any order.
Fcc& fcc_of(Action& action);

/// The mailbox that a fileinto or :fcc names; to be replaced where something better than its name finds one
/// (RFC 8579 section 4, RFC 9042 section 4).
std::string& mailbox_of(Action& action);

} // namespace sieve
