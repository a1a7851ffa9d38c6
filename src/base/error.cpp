// SPDX-License-Identifier: MIT
#include "base/error.h"

#include <cerrno>
#include <system_error>

namespace base {

void throw_errno(int error, const std::string& what) {
  throw std::system_error(error, std::generic_category(), what);
}

void throw_errno(const std::string& what) { throw_errno(errno, what); }

} // namespace base
