// SPDX-License-Identifier: MIT
// Script text to syntax tree by the generic grammar (RFC 5228 section 8.2). No extension touches this.
#pragma once

#include "sieve/limits.h"
#include "sieve/syntax.h"

#include <string>
#include <string_view>
#include <vector>

namespace sieve {

/// The commands of a script. Errors go to `diagnostics` under the name `script`; after one the parser goes on
/// behind the broken command, so that a script shows all its errors at once.
std::vector<Construct> parse(std::string_view source, const std::string& script, const Limits& limits,
                             Diagnostics& diagnostics);

} // namespace sieve
