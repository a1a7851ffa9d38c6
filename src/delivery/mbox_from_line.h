// SPDX-License-Identifier: MIT
#pragma once

#include <ctime>
#include <string>

namespace delivery {

/// "From sender  Sat Nov 21 10:15:30 2026\n", local time, as asctime(3) writes it. A null sender is
/// MAILER-DAEMON. Blanks, controls and line ends in the sender become '-': the line divides the file and
/// cannot be divided itself.
std::string mbox_from_line(const std::string& sender, time_t now);

} // namespace delivery
