// SPDX-License-Identifier: MIT
// copy (RFC 3894): complete. `:copy` on redirect and fileinto leaves the implicit keep in force.
#include "sieve/arguments.h"

namespace sieve {

namespace {

void copy_action(Execution&, const TagUse&, Action& action) { action.copy = true; }

constexpr TagSpec tags[] = {{.name = "copy", .commands = "redirect fileinto pipe", .on_action = copy_action}};

} // namespace

extern const Extension copy_extension;
constinit const Extension copy_extension = {.name = "copy", .rfc = "3894", .tags = tags};

} // namespace sieve
