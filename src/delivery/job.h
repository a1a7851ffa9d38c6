// SPDX-License-Identifier: MIT
// One recipient's delivery: what its child is given.
#pragma once

#include "base/spool.h"
#include "delivery/account.h"
#include "delivery/evaluator.h"
#include "delivery/runner.h"
#include "delivery/trace.h"
#include "mail/envelope.h"

#include <optional>
#include <string>
#include <sys/types.h>

namespace delivery {

struct Job {
  const Settings& settings;
  const Evaluator& evaluator;
  const mail::Envelope& envelope;
  const mail::Recipient& recipient;
  const Account& account;
  const base::Spool& spool;
  TraceFacts facts;
  std::optional<gid_t> mail_group;
  Runner runner;            // for sendmail and programs
  bool with_scripts = true; // false: a keep, because the scripts killed the child before

  std::string sender() const { return envelope.reverse_path.empty() ? "" : envelope.reverse_path.str(); }
  Quota quota() const { return account.user.quota.value_or(settings.quota); }
};

} // namespace delivery
