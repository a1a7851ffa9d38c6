// SPDX-License-Identifier: MIT
#pragma once

#include "sieve/syntax.h"

#include <string>
#include <string_view>

namespace tools {

/// The script in its canonical form, comments kept; formatting that again changes nothing. `source` must have
/// no syntax error. Lines end as the first one does.
std::string format_script(std::string_view source);

/// Do both trees say the same, wherever it stands and in whatever case names are written?
bool same_meaning(const std::vector<sieve::Construct>& a, const std::vector<sieve::Construct>& b);

} // namespace tools
