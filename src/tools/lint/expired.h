// SPDX-License-Identifier: MIT
// Forms of drafts that have expired, which old scripts have, and what to write today. Empty: nothing known.
#pragma once

#include <string_view>

namespace tools {

std::string_view expired_capability(std::string_view name);
std::string_view expired_command(std::string_view name);
std::string_view expired_tag(std::string_view command, std::string_view name);

} // namespace tools
