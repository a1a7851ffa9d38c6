// SPDX-License-Identifier: MIT
// Keywords of messages in a Maildir, as Dovecot reads and writes them: letters a to z, named by the file
// dovecot-keywords of the folder.
#pragma once

#include "sieve/action.h"

#include <string>
#include <string_view>

namespace delivery {

/// The letters for these keywords in the folder of that descriptor and path; those that are new are added to
/// the file while dovecot-uidlist.lock is held, by a new file and rename(). A keyword that cannot have a
/// letter (26 are taken, the lock is busy, the disk is full) is left out and logged: no mail waits for its
/// keywords.
std::string keyword_letters(int folder, const std::string& path, const sieve::Flags& keywords);

/// The system flags and keywords that the letters of a name stand for in the folder of that descriptor.
sieve::Flags flags_of_letters(int folder, std::string_view letters);

} // namespace delivery
