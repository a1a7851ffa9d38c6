// SPDX-License-Identifier: MIT
// Items of the environment in which a script runs (RFC 5183), for the extensions that show them.
#pragma once

#include "sieve/execution.h"

#include <optional>
#include <string>

namespace sieve {

/// What the host says, or else the extensions that the running script requires; nothing if nobody knows it.
std::optional<std::string> environment_item(Execution& execution, const std::string& name);

} // namespace sieve
