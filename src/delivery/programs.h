// SPDX-License-Identifier: MIT
// Programs that scripts may run (vnd.dovecot.pipe, filter, execute): those in the directory of the `programs`
// setting and no others.
#pragma once

#include "delivery/account.h"
#include "delivery/run.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace delivery {

struct ProgramContext {
  const Settings& settings;
  const Account& account;
  std::string sender; // of the envelope
};

/// `name` is one component of letters, digits, '-', '_' and '.', not beginning with '.'. Throws
/// std::system_error when no process can be made; everything else is in the result.
RunResult run_program(const ProgramContext& context, const std::string& name,
                      const std::vector<std::string>& arguments, std::span<const std::string_view> input);

} // namespace delivery
