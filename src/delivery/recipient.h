// SPDX-License-Identifier: MIT
// From an address to the account that has its mail.
#pragma once

#include "delivery/account.h"
#include "mail/reply.h"

#include <variant>

namespace delivery {

/// The account, or the refusing reply: 550 5.1.1 only when the source positively says that there is no such
/// user, 451 4.3.0 when it could not be asked, 451 4.3.5 when the user cannot be delivered to as he is set up
/// (uid or gid 0, another uid than ours while we are not root): that is the administrator's to mend, mail
/// waits.
///
/// The whole local part is tried before what stands in front of the delimiter. A postmaster (RFC 5321
/// section 4.5.1, in any case) who is no user is the one of the `postmaster` setting, else of `users = self`
/// oneself.
std::variant<Account, mail::Reply> find_recipient(const Settings& settings, UserSource& source,
                                                  const mail::Address& address);

} // namespace delivery
