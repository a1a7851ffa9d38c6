// SPDX-License-Identifier: MIT
// Programs that scripts may run (vnd.dovecot.pipe, filter, execute): those in the directory of the `programs`
// setting and no others.
#pragma once

#include "delivery/job.h"
#include "delivery/run.h"

#include <optional>
#include <string>
#include <vector>

namespace delivery {

/// One component of letters, digits, '-', '_' and '.', not beginning with '.'.
bool is_program_name(const std::string& name);

/// What to run; `words` are the program's name and its arguments. Nothing for a name that is none, and where
/// no program may be run.
std::optional<Run> program_run(const Job& job, const std::vector<std::string>& words);

} // namespace delivery
