// SPDX-License-Identifier: MIT
// lastmile --explain-recipient ADDRESS: what a delivery to that address would use, or why there is none.
#pragma once

#include "mail/reply.h"
#include "options.h"

#include <string>

struct Explanation {
  std::string text;  // for people, lines of "name   value"
  mail::Reply reply; // what RCPT would get
};

/// Asks what a delivery asks: the source of users, the quota, which scripts are there. A process of root
/// becomes the user before it looks at files.
Explanation explain_recipient(const Options& options, const std::string& address);
