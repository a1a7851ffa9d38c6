// SPDX-License-Identifier: MIT
// What leaves before the commit: redirects and pipes. Each is recorded once it was handed over, so that the
// retry of a delivery that failed later does not send it again.
#pragma once

#include "delivery/plan.h"

namespace delivery {

/// The redirects. Throws Failure when one of them fails; those before it stay recorded.
void send_out(const Job& job, const Plan& plan);

/// The pipes, before anything is staged, since a failure changes what is to be kept. Returns those with :try
/// that failed (logged); any other that fails ends the work and is told in plan.problem. Throws
/// std::system_error where no process can be made.
std::vector<const sieve::Pipe*> run_pipes(const Job& job, Plan& plan);

} // namespace delivery
