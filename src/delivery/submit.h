// SPDX-License-Identifier: MIT
// Sending mail, through sendmail(1): the MTA queues, we do not.
#pragma once

#include "delivery/job.h"
#include "delivery/run.h"
#include "mail/envelope.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace delivery {

struct Submission {
  mail::Address sender; // empty: <>
  std::vector<mail::Address> recipients;
  std::optional<mail::Notify> notify; // RFC 3461, and what a script said (RFC 6009)
  mail::Ret ret = mail::Ret::unspecified;
  std::string envid;
};

/// Returns when sendmail took the mail over (exit status 0). Throws Failure (451 4.3.0) otherwise, its output
/// in the detail for the log; 451 4.3.5 when it cannot be run.
void submit(const Job& job, const Submission& submission, std::span<const std::string_view> pieces);

/// What the runner runs for the words that submit() told it. Nothing if they hold control characters.
std::optional<Run> submission_run(const Job& job, const std::vector<std::string>& words);

} // namespace delivery
