// SPDX-License-Identifier: MIT
#pragma once

#include "sieve/syntax.h"

#include <string>
#include <vector>

namespace tools {

/// The script in English sentences, for those who do not read Sieve; no line is wider than 80 columns.
std::string explain(const std::vector<sieve::Construct>& script);

} // namespace tools
