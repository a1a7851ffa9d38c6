// SPDX-License-Identifier: MIT
// A command or test as part of an English sentence.
#pragma once

#include "tools/view.h"

#include <string>

namespace tools {

/// "put the message into the folder "Bills" and mark it as read", without capital and full stop.
std::string command_sentence(const sieve::Construct& command);
/// "the subject contains "invoice""; `negated`: that it does not.
std::string condition(const sieve::Construct& test, bool negated);

} // namespace tools
