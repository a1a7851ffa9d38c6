// SPDX-License-Identifier: MIT
// The world as one recipient's script may ask about it.
#pragma once

#include "delivery/file_host.h"
#include "delivery/job.h"
#include "delivery/mailboxes.h"
#include "delivery/tracker_hold.h"

namespace delivery {

class MailboxHost : public FileHost {
public:
  /// Both outlive the host.
  MailboxHost(const Job& job, const Mailboxes& mailboxes)
      : FileHost(job.settings, job.account), job_(job), mailboxes_(mailboxes),
        duplicates_(job.account.user.home, "duplicate") {}

  std::int64_t now() const override { return job_.facts.now; }
  std::optional<std::string> environment(const std::string& item) const override;
  std::string setting(const std::string& name) const override;
  bool mailbox_exists(const std::string& mailbox) const override;
  std::optional<std::string> mailbox_with_id(const std::string& id) const override;
  bool seen(const std::string& handle, const std::string& id, std::int64_t seconds) const override;
  std::optional<std::string> script(sieve::ScriptLocation location, const std::string& name) const override;
  bool has_programs() const override { return !job_.settings.programs.empty(); }
  sieve::ProgramResult run_program(const sieve::ProgramCall& call) const override;
  std::vector<std::string> own_addresses() const override;
  /// What the script asked about is recorded, or will not be: other deliveries of the same need not wait any
  /// more.
  void let_others_ask() const { duplicates_.release(); }
  std::string postmaster() const override { return job_.settings.postmaster_address(); }

private:
  const Job& job_;
  const Mailboxes& mailboxes_;
  mutable TrackerHold duplicates_;
  mutable std::optional<std::map<std::string, FolderName>> ids_; // looked up once in a delivery
};

/// The key of a record of RFC 7352.
std::string duplicate_key(const std::string& handle, const std::string& id);

} // namespace delivery
