// SPDX-License-Identifier: MIT
// Extensions that are older forms of others. They have commands of the same names, so that a script takes one
// of the two.
#pragma once

#include "sieve/error.h"

namespace sieve {

class Compiler;
struct Extension;

/// Activates what a script asks for. Reports an error instead if its older or newer form is active.
void activate_one_form(Compiler& compiler, const Extension& extension, Position position);

} // namespace sieve
