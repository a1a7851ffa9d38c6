// SPDX-License-Identifier: MIT
// Where the tokens of a script stand, for editors and messages.
#pragma once

#include "sieve/error.h"

#include <string_view>

namespace tools {

/// The place behind the token that starts at `start`; `start` itself where none does.
sieve::Position token_end(std::string_view source, sieve::Position start);
/// The place of the last token that starts before `place`; line 0: there is none.
sieve::Position token_before(std::string_view source, sieve::Position place);

} // namespace tools
