// SPDX-License-Identifier: MIT
// How a delivery fails: an exception that carries the reply, and the one table from errno to a reply.
#pragma once

#include "delivery/settings.h"
#include "mail/reply.h"

#include <exception>
#include <string>
#include <system_error>

namespace delivery {

/// Ends this recipient's delivery with a reply of our own choice. `detail` is for the log, not for the
/// client.
class Failure : public std::exception {
public:
  explicit Failure(mail::Reply reply, std::string detail = {});
  const char* what() const noexcept override { return detail_.c_str(); }
  const mail::Reply& reply() const { return reply_; }

private:
  mail::Reply reply_;
  std::string detail_;
};

/// The mailbox is another file than when the child confined itself, and the sandbox lets it open that one
/// alone. Nothing was done; a new child may open what is there then.
class Replaced : public Failure {
public:
  using Failure::Failure;
};

/// What the sender is told when a system call failed. Always 4xx, for the machine may recover; only a full
/// mailbox may be 552 5.2.2, as `quota_full` says.
mail::Reply reply_for(const std::error_code& error, QuotaFull quota_full);

/// The mailbox is full: 452 4.2.2 or 552 5.2.2.
mail::Reply over_quota(QuotaFull quota_full);
/// 451 4.3.0: a fault of ours, with nothing that would tell a stranger about the machine.
mail::Reply internal_error();
/// 451 4.3.5: the administrator must mend something.
mail::Reply misconfigured();

} // namespace delivery
