// SPDX-License-Identifier: MIT
#include "delivery/refuse.h"

#include "base/log.h"
#include "delivery/attempt.h"
#include "delivery/submit.h"
#include "sieve/rejection.h"
#include "sieve/reply_rules.h"

#include <algorithm>

namespace delivery {

namespace {

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// Is the sender told by mail? Always where nobody reads replies; else for the sake of a reason that the
/// reply cannot say, which `reject' favours and `ereject' does not (section 2.2).
bool is_mailed(const Job& job, const sieve::Reject& reject, const mail::EditedMessage& message) {
  if (job.settings.reject_by_mail) return true;
  if (reject.ereject || can_be_said(reject, job.envelope.smtputf8)) return false;
  const auto why = sieve::reason_not_to_reply(job.envelope.reverse_path, message);
  if (!why.empty())
    base::log(base::LogLevel::info, "a rejection is not mailed: " + why,
              {{"user", job.account.user.name}, {"id", job.facts.id}});
  return why.empty();
}

bool notify_sender(const Job& job, const sieve::Host& host, const sieve::Reject& reject,
                   const mail::EditedMessage& message) {
  const auto& delimiter = job.settings.recipient_delimiter;
  const sieve::MessageEnvelope envelope{job.envelope, job.recipient, job.account.user.name, delimiter};
  const auto mail = sieve::compose_rejection(reject, envelope, host, message);
  return attempt("a rejection is not sent", [&] {
    Submission submission;
    submission.recipients = mail.recipients;
    const std::string_view pieces[] = {mail.octets};
    submit(job, submission, pieces);
  });
}

} // namespace

bool can_be_said(const sieve::Reject& reject, bool utf8) { return utf8 || is_ascii(reject.reason); }

mail::Reply refusal(const sieve::Reject& reject, bool utf8) {
  std::string text;
  for (const char c : reject.reason)
    if (c != '\r') text += c;
  while (!text.empty() && text.back() == '\n') text.pop_back();
  if (text.empty() || !can_be_said(reject, utf8)) text = "The recipient does not want this message";
  return {550, "5.7.1", text};
}

std::optional<mail::Reply> refuse(const Job& job, const sieve::Host& host, const sieve::Reject& reject,
                                  const mail::EditedMessage& message) {
  if (!is_mailed(job, reject, message)) return refusal(reject, job.envelope.smtputf8);
  if (job.envelope.reverse_path.empty()) return std::nullopt;
  if (!notify_sender(job, host, reject, message)) return refusal(reject, job.envelope.smtputf8);
  return mail::Reply{250, "2.0.0", job.facts.id + " rejected by mail"};
}

} // namespace delivery
