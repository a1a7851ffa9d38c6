// SPDX-License-Identifier: MIT
// One line of a users file, as passwd(5) with a field for options at the end.
#pragma once

#include "delivery/user.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace delivery {

/// "name:password:uid:gid:gecos:home:shell:quota=1G addresses=a@x,b@x since=2026-11-21". The name may hold a
/// domain. Empty uid and gid: those of this process. Throws Failure (4.3.5) for a line that cannot be used.
User parse_passwd_line(std::string_view line);

/// The lines of a file without blanks at their ends, until `visit` returns false. Throws std::system_error.
void each_passwd_line(const std::string& path, const std::function<bool(std::string_view)>& visit);

} // namespace delivery
