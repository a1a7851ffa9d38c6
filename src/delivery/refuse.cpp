// SPDX-License-Identifier: MIT
#include "delivery/refuse.h"

#include "delivery/attempt.h"
#include "delivery/submit.h"
#include "sieve/rejection.h"

namespace delivery {

namespace {

/// RFC 5429 section 2.1: the reason as a multi-line reply.
mail::Reply refusal(const sieve::Reject& reject) {
  std::string text;
  for (const char c : reject.reason)
    if (c != '\r') text += c;
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return {550, "5.7.1", text.empty() ? "The recipient does not want this message" : text};
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

std::optional<mail::Reply> refuse(const Job& job, const sieve::Host& host, const sieve::Reject& reject,
                                  const mail::EditedMessage& message) {
  if (!job.settings.reject_by_mail) return refusal(reject);
  if (job.envelope.reverse_path.empty()) return std::nullopt;
  if (!notify_sender(job, host, reject, message)) return refusal(reject);
  return mail::Reply{250, "2.0.0", job.facts.id + " rejected by mail"};
}

} // namespace delivery
