// SPDX-License-Identifier: MIT
// The Evaluator of the real program: the scripts before, the user's own, the scripts after (RFC 5228
// section 2.10.2: a later one runs while a keep is in force).
#pragma once

#include "delivery/evaluator.h"

namespace delivery {

/// A script that cannot be read or compiled is logged with line and column and left out: mail is kept, never
/// refused. Throws std::system_error where the machine failed (EIO, ...): then the mail waits.
sieve::Outcome run_scripts(const Settings& settings, const Account& account, const sieve::Host& host,
                           const sieve::Input& input);

} // namespace delivery
