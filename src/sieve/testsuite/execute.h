// SPDX-License-Identifier: MIT
// Carrying out a result in the world of a test: a transaction, as delivery does it with real mailboxes.
#pragma once

namespace sieve::testsuite {

class World;

/// Carries out what was not yet, then the implicit keep if it is due. If anything fails nothing of it happens
/// but that the message as it came is stored in the INBOX; errors are captured, and the answer is false.
bool execute_result(World& world);

/// Stores the message as it came in the INBOX, unless that was done for this result before.
void keep_original(World& world);

} // namespace sieve::testsuite
