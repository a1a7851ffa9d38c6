// SPDX-License-Identifier: MIT
// Sending mail, through sendmail(1): the MTA queues, we do not.
#pragma once

#include "delivery/account.h"
#include "mail/envelope.h"

#include <optional>
#include <span>
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
void submit(const Settings& settings, const User& user, const Submission& submission,
            std::span<const std::string_view> pieces);

} // namespace delivery
