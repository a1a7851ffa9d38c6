// SPDX-License-Identifier: MIT
#include "delivery/attempt.h"

#include "base/log.h"

#include <exception>

namespace delivery {

bool attempt(std::string_view what, const std::function<void()>& action) {
  try {
    action();
    return true;
  } catch (const std::exception& error) { // every kind: after a commit nothing may make it look undone
    base::log(base::LogLevel::warning, what, {{"error", error.what()}});
  }
  return false;
}

} // namespace delivery
