// SPDX-License-Identifier: MIT
// The right word for a misspelt one.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace base {

/// The candidate with the fewest edits (insertion, deletion, replacement, exchange of neighbours) from
/// `word`; empty if even that is more than a third of the word away. '_' and capitals are no edits.
std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates);

} // namespace base
