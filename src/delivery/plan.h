// SPDX-License-Identifier: MIT
// A script's outcome made concrete: which folders, whom to send to, what to do afterwards. Here a script's
// mistakes about mailboxes show, before anything is written.
#pragma once

#include "delivery/folder_name.h"
#include "delivery/job.h"
#include "delivery/mailboxes.h"
#include "sieve/action.h"
#include "sieve/host.h"

#include <string>
#include <vector>

namespace delivery {

struct Copy {
  sieve::Snapshot message;
  FolderName folder;
  sieve::Flags flags;
};

/// Points into the outcome that it was made of.
struct Plan {
  std::vector<Copy> copies;
  std::vector<const sieve::Redirect*> redirects;
  std::vector<const sieve::Pipe*> pipes;
  std::vector<const sieve::DuplicateMark*> marks;
  std::vector<const sieve::Action*> afterwards; // Vacation, Notify, Report: best effort
  const sieve::Reject* reject = nullptr;
  std::string summary; // "fileinto Lists, redirect", for the log
  std::string origin;  // "script:line" of the first action, for the log
  std::string problem; // a script's mistake: the message as it came is kept instead; or empty
};

Plan make_plan(const Job& job, const sieve::Outcome& outcome, const Mailboxes& mailboxes);

/// The outcome's keep after all, if nothing cancelled it but pipes that `failed`: one with :try is then as if
/// it had not been (vnd.dovecot.pipe).
void restore_keep(const Job& job, const sieve::Outcome& outcome, const Mailboxes& mailboxes,
                  const std::vector<const sieve::Pipe*>& failed, Plan& plan);

/// The message as it came, into the INBOX or the detail's folder.
Plan keep_plan(const Job& job, sieve::Snapshot message, const Mailboxes& mailboxes);

} // namespace delivery
