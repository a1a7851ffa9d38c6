// SPDX-License-Identifier: MIT
// Script text to syntax tree by the generic grammar (RFC 5228 section 8.2). No extension touches this.
#pragma once

#include "sieve/limits.h"
#include "sieve/syntax.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace sieve {

/// Hands over the commands of a script one by one. Errors go to `diagnostics` under the name `script`; after
/// one the parser goes on behind the broken command, so that a script shows all its errors at once, but hands
/// over no more. What it hands over has views of `source` and `texts`.
void parse(std::string_view source, const std::string& script, const Limits& limits, Diagnostics& diagnostics,
           Texts& texts, const std::function<void(const Construct&)>& take);

/// A whole script.
struct SyntaxTree {
  Texts texts;
  std::vector<Construct> commands;
};

/// The same all at once, as much of it as could be read. It has views of `source`.
SyntaxTree parse(std::string_view source, const std::string& script, const Limits& limits,
                 Diagnostics& diagnostics);

} // namespace sieve
