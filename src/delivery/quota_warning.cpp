// SPDX-License-Identifier: MIT
#include "delivery/quota_warning.h"

#include "base/ascii.h"
#include "delivery/attempt.h"
#include "mail/compose.h"

#include <algorithm>
#include <memory>

namespace delivery {

namespace {

/// How full, in percent; of size and count that which is nearer to its limit.
double percent_of(const Quota& limits, const Usage& usage) {
  const auto part = [](std::int64_t used, std::uint64_t limit) {
    return limit == 0 ? 0.0 : 100.0 * static_cast<double>(used) / static_cast<double>(limit);
  };
  return std::max(part(usage.size, limits.storage), part(usage.count, limits.messages));
}

std::string replace_all(std::string text, std::string_view what, const std::string& by) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
    text.replace(at, what.size(), by);
  return text;
}

std::string warning_mail(const Job& job, unsigned threshold) {
  const std::string percent = std::to_string(threshold);
  std::string to = job.account.address.str();
  for (char& c : to)
    if (base::is_control(c)) c = '?';
  const auto body = replace_all(job.settings.quota_warning_text, "{percent}", percent);
  return "From: Mail Delivery <" + job.settings.postmaster_address() + ">\nTo: " + to +
         "\nSubject: Your mailbox is " + percent + "% full\nDate: " + job.facts.date +
         "\nMessage-ID: " + mail::make_message_id(job.settings.hostname) +
         "\nAuto-Submitted: auto-generated\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"
         "Content-Transfer-Encoding: quoted-printable\n\n" +
         mail::encode_quoted_printable(body + "\n");
}

/// What is in the mailbox now; Maildir++ counts all folders, an mbox is a mailbox of its own.
Usage usage_of(const Job& job, const Mailboxes& mailboxes) {
  const auto& store = mailboxes.store({});
  if (const auto root = store.quota_root(); !root.empty()) return MaildirQuota(root, job.quota()).usage();
  return {static_cast<std::int64_t>(store.folder_size({})), 0};
}

void deliver_warning(const Job& job, const Mailboxes& mailboxes, unsigned threshold) {
  const std::string text = warning_mail(job, threshold);
  const auto message = std::make_shared<const mail::EditedMessage>(text);
  auto& store = mailboxes.store({});
  const auto staged = store.stage({"", message, nullptr}, {}, {});
  staged->commit();
  const Usage more{static_cast<std::int64_t>(staged->size()), 1};
  if (const auto root = store.quota_root(); !root.empty()) MaildirQuota(root, job.quota()).add(more);
}

} // namespace

void warn_of_quota(const Job& job, const Mailboxes& mailboxes, const Usage& added) {
  const auto& thresholds = job.settings.quota_warnings;
  const Quota limits = job.quota();
  if (thresholds.empty() || !limits.limited() || added.count == 0) return;
  attempt("a quota warning is not delivered", [&] {
    const Usage now = usage_of(job, mailboxes);
    const double before = percent_of(limits, {now.size - added.size, now.count - added.count});
    const double after = percent_of(limits, now);
    unsigned crossed = 0;
    for (const auto threshold : thresholds)
      if (before < threshold && after >= threshold) crossed = std::max(crossed, threshold);
    if (crossed != 0) deliver_warning(job, mailboxes, crossed);
  });
}

} // namespace delivery
