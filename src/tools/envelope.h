// SPDX-License-Identifier: MIT
// The envelope of a message that lies in a file: what the options say, else what its trace fields tell.
#pragma once

#include "base/command_line.h"
#include "sieve/sieve.h"

#include <string_view>

namespace tools {

/// --user, else $USER.
std::string user_of(const base::CommandLine& line);

/// Of --from, --to, --orig-to and --user. Throws UsageError for what is no address.
sieve::MessageEnvelope envelope_of(const base::CommandLine& line, std::string_view octets);

} // namespace tools
