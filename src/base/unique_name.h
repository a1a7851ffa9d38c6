// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace base {

/// "PREFIX.HOST.PID.SECONDS.NANOSECONDS.N": a name that no other process on any host makes, another one at
/// every call. HOST is the kernel's, since several hosts may share one configuration; at most 64 octets.
std::string unique_name(const std::string& prefix);

} // namespace base
