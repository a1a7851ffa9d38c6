// SPDX-License-Identifier: MIT
// What to write instead of what does not compile.
#pragma once

#include "sieve/syntax.h"
#include "tools/finding.h"

namespace tools {

/// Gives an error its code and, where it is known, a suggestion: the nearest name, the missing require, the
/// modern form of what has expired. `script` is the tree of the source, or as much of it as could be read;
/// `readable`: all of it.
Finding mend(const sieve::Diagnostic& error, const std::vector<sieve::Construct>& script, bool readable,
             std::string_view source);

} // namespace tools
