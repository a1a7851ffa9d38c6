// SPDX-License-Identifier: MIT
// Who a session delivers to: finds the users, and gives each recipient of a message a child process of its
// own.
//
// The parent (this class) never looks inside a message and never opens a user's file. A child becomes the
// recipient for good, decides, stores, and tells one Reply over a pipe; any other end of it is 451 4.3.0 for
// that recipient alone. A child that dies before it began to stage is run once more with the scripts switched
// off.
#pragma once

#include "delivery/account.h"
#include "delivery/evaluator.h"
#include "delivery/settings.h"
#include "lmtp/receiver.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <sys/types.h>
#include <variant>

namespace delivery {

class UserSource;

class Agent : public lmtp::Receiver {
public:
  /// `evaluator` is run_scripts of scripts.h, or a test's own. Throws std::invalid_argument if the settings
  /// cannot work (a mail-group that does not exist, a users file of a kind that was not built in).
  Agent(Settings settings, Evaluator evaluator);
  ~Agent() override;

  mail::Reply recipient(const mail::Envelope& envelope, const mail::Recipient& recipient) override;
  void deliver(const mail::Envelope& envelope, const base::Spool& message, const Answer& answer) override;

private:
  std::variant<Account, mail::Reply> find(const mail::Recipient& recipient);

  Settings settings_;
  Evaluator evaluator_;
  std::unique_ptr<UserSource> users_;
  std::optional<gid_t> mail_group_;
  std::map<std::string, Account> accepted_; // at RCPT of this transaction, by address: not looked up again
};

/// Sets up the process, once, for what a connection without mail does not need. Before the first octet of a
/// message is read.
void expect_mail();

/// `--deliver USER`: one message for one user, through the same path as LMTP. The Reply's class is the
/// caller's exit status: 2xx EX_OK, 4xx EX_TEMPFAIL, 5.1.1 EX_NOUSER, other 5xx EX_UNAVAILABLE.
mail::Reply deliver_local(Agent& agent, const std::string& user, const mail::Address& reverse_path,
                          const base::Spool& message);

} // namespace delivery
