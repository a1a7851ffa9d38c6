// SPDX-License-Identifier: MIT
// What leaves before the commit: redirects and pipes. Each is recorded once it was handed over, so that the
// retry of a delivery that failed later does not send it again.
#pragma once

#include "delivery/plan.h"

namespace delivery {

/// Throws Failure when one of them fails; those before it stay recorded.
void send_out(const Job& job, const Plan& plan);

} // namespace delivery
