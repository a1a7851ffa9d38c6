// SPDX-License-Identifier: MIT
#pragma once

#include "tools/lint/lint.h"

namespace tools {

/// Is `later` certainly false for every message for which `earlier` is false? So a branch that asks `later`
/// never runs where one that asks `earlier` was not taken. Says no where it cannot know.
bool implies(const Lint& lint, const sieve::Construct& later, const sieve::Construct& earlier);

} // namespace tools
