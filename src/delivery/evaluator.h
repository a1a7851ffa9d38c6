// SPDX-License-Identifier: MIT
// The seam between delivery and the scripts: what decides on a message. Tests put a hostile one here.
#pragma once

#include "sieve/host.h"
#include "sieve/sieve.h"

#include <functional>

namespace delivery {

struct Settings;
struct Account;

/// Called in the child, as the user. Returns the whole decision, in which a `keep` without a message stands
/// for the message as it came: of who has no script. Throws std::system_error where the machine failed.
using Evaluator = std::function<sieve::Outcome(const Settings& settings, const Account& account,
                                               const sieve::Host& host, const sieve::Input& input)>;

} // namespace delivery
