// SPDX-License-Identifier: MIT
#include "delivery/attempt.h"

#include "base/log.h"
#include "delivery/errors.h"

namespace delivery {

bool attempt(std::string_view what, const std::function<void()>& action) {
  try {
    action();
    return true;
  } catch (const Failure& failure) {
    base::log(base::LogLevel::warning, what, {{"error", failure.what()}});
  } catch (const std::system_error& error) {
    base::log(base::LogLevel::warning, what, {{"error", error.what()}});
  }
  return false;
}

} // namespace delivery
