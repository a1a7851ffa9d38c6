// SPDX-License-Identifier: MIT
// Modifiers of a value on its way into a variable (RFC 5229 section 4.1), for every command that stores one.
#pragma once

#include "sieve/arguments.h"

#include <optional>
#include <string>
#include <vector>

namespace sieve {

class Compiler;
class Execution;

using Modifiers = std::vector<const TagSpec*>; // in the order they apply

/// Nothing, and an error, if two of one precedence are given.
std::optional<Modifiers> bind_modifiers(Compiler& compiler, const Arguments& arguments);

std::string modified(Execution& execution, const Modifiers& modifiers, std::string value);

} // namespace sieve
