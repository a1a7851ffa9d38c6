// SPDX-License-Identifier: MIT
#include "delivery/errors.h"

#include <cerrno>
#include <utility>

namespace delivery {

namespace {

struct Row {
  int error;
  int code;
  const char* enhanced;
  const char* text;
};

constexpr Row table[] = {
    {ENOSPC, 452, "4.3.1", "Insufficient system storage"},
    {ENOMEM, 451, "4.3.0", "Out of memory, try again later"},
    {EMFILE, 451, "4.3.0", "Out of resources, try again later"},
    {ENFILE, 451, "4.3.0", "Out of resources, try again later"},
    {EAGAIN, 451, "4.3.0", "Out of resources, try again later"},
    {ENOLCK, 451, "4.3.0", "Mailbox cannot be locked"},
    {EDEADLK, 451, "4.3.0", "Mailbox cannot be locked"},
    {ETIMEDOUT, 451, "4.3.0", "Timed out, try again later"},
    {EIO, 451, "4.3.0", "Input/output error"},
    {ESTALE, 451, "4.3.0", "Mailbox is not reachable"},
    {ENODEV, 451, "4.3.0", "Mailbox is not reachable"},
    {ENXIO, 451, "4.3.0", "Mailbox is not reachable"},
    {EACCES, 451, "4.2.0", "Mailbox cannot be written"},
    {EPERM, 451, "4.2.0", "Mailbox cannot be written"},
    {EROFS, 451, "4.2.0", "Mailbox cannot be written"},
    {ELOOP, 451, "4.2.0", "Mailbox cannot be opened"},
    {ENOTDIR, 451, "4.2.0", "Mailbox cannot be opened"},
    {EISDIR, 451, "4.2.0", "Mailbox cannot be opened"},
    {ENOENT, 451, "4.2.0", "Mailbox cannot be opened"},
    {ENAMETOOLONG, 451, "4.2.0", "Mailbox cannot be opened"},
    {EMLINK, 451, "4.2.0", "Mailbox cannot be opened"},
};

} // namespace

Failure::Failure(mail::Reply reply, std::string detail)
    : reply_(std::move(reply)), detail_(std::move(detail)) {
  if (detail_.empty()) detail_ = reply_.text;
}

mail::Reply over_quota(QuotaFull quota_full) {
  if (quota_full == QuotaFull::reject) return {552, "5.2.2", "Mailbox is full"};
  return {452, "4.2.2", "Mailbox is full"};
}

mail::Reply internal_error() { return {451, "4.3.0", "Internal error, try again later"}; }

mail::Reply misconfigured() { return {451, "4.3.5", "Mail system is not configured for this recipient"}; }

mail::Reply reply_for(const std::error_code& error, QuotaFull quota_full) {
  const bool from_errno =
      error.category() == std::generic_category() || error.category() == std::system_category();
  if (!from_errno) return internal_error();
  if (error.value() == EDQUOT || error.value() == EFBIG) return over_quota(quota_full);
  for (const auto& row : table)
    if (row.error == error.value()) return {row.code, row.enhanced, row.text};
  return internal_error();
}

} // namespace delivery
