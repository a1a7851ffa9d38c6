// SPDX-License-Identifier: MIT
// What is done as well as it goes: a convenience whose failure must not cost the mail.
#pragma once

#include <functional>
#include <string_view>

namespace delivery {

/// Runs `action`. If it throws, logs `what` with the reason and returns false.
bool attempt(std::string_view what, const std::function<void()>& action);

} // namespace delivery
