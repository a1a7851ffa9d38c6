// SPDX-License-Identifier: MIT
// "Delivered" for NOTIFY=SUCCESS (RFC 3461 section 4.1, RFC 3464): who announces DSN owes it.
#pragma once

#include "delivery/job.h"

#include <string>

namespace delivery {

bool wants_success_dsn(const Job& job);
/// A multipart/report with the original header, from postmaster, LF line ends. RFC 3464, RFC 6522.
std::string success_dsn(const Job& job);

} // namespace delivery
