// SPDX-License-Identifier: MIT
#include "delivery/outbox.h"

#include "base/log.h"
#include "delivery/content.h"
#include "delivery/digest.h"
#include "delivery/errors.h"
#include "delivery/submit.h"
#include "delivery/tracker.h"
#include "delivery/tracker_hold.h"

#include <functional>

namespace delivery {

namespace {

constexpr std::int64_t remembered_for = 7 * 86400; // longer than any queue tries
constexpr std::string_view dropped_fields[] = {"Return-Path"};

/// A bounce stays one, whatever the setting: an answer to it must not come back (RFC 5321 section 4.5.5).
mail::Address sender_for(const Job& job, const sieve::Redirect& redirect) {
  const auto& from = job.envelope.reverse_path;
  if (from.empty()) return from;
  if (redirect.wants_reports()) return job.recipient.address;
  using Kind = RedirectSender::Kind;
  switch (job.settings.redirect_sender.kind) {
  case Kind::sender: return from;
  case Kind::recipient: return job.recipient.address;
  case Kind::address: return job.settings.redirect_sender.address;
  case Kind::postmaster: break;
  }
  return mail::parse_mailbox(job.settings.postmaster_address()).value_or(mail::Address{});
}

class Outbox {
public:
  explicit Outbox(const Job& job)
      : job_(job), tracker_(job.account.user.home, "redirect"), hold_(job.account.user.home, "redirect") {}

  void redirect(const sieve::Redirect& redirect) {
    once({"redirect", redirect.address.str()}, [&] {
      const Content content(letter(redirect.message), dropped_fields);
      Submission submission;
      submission.sender = sender_for(job_, redirect);
      submission.recipients = {redirect.address};
      if (redirect.notify)
        submission.notify = redirect.notify;
      else if (job_.recipient.notify.given)
        submission.notify = job_.recipient.notify;
      submission.ret = redirect.ret != mail::Ret::unspecified ? redirect.ret : job_.envelope.ret;
      submission.envid = job_.envelope.envid;
      submit(job_, submission, content.pieces());
      return true;
    });
  }

  /// Why it failed, or empty.
  std::string pipe(const sieve::Pipe& pipe) {
    std::string arguments, why;
    for (const auto& argument : pipe.arguments) arguments += argument + '\0';
    once({"pipe", pipe.program, arguments}, [&] {
      std::vector<std::string> words{pipe.program};
      words.insert(words.end(), pipe.arguments.begin(), pipe.arguments.end());
      const auto result = job_.runner.run(RunnerTask::program, words, pipe.message->pieces());
      if (!result.succeeded()) why = "program " + pipe.program + ": " + result.describe();
      return result.succeeded();
    });
    return why;
  }

private:
  Letter letter(const sieve::Snapshot& message) const {
    Letter result{received_field(job_.settings, job_.envelope, job_.recipient, job_.facts), message, nullptr};
    result.front += std::string(redirected_field) + ": " + job_.recipient.address.str() + "\n";
    return result;
  }

  /// The record is of these very octets, not of a Message-ID: a second message with the same one is another
  /// message. Recorded is what `action` says it did.
  void once(std::initializer_list<std::string_view> what, const std::function<bool()>& action) {
    if (digest_.empty()) digest_ = digest_of(job_.spool.view());
    const auto key = tracker_key({digest_, job_.recipient.address.str(), tracker_key(what)});
    hold_.take(key);
    if (tracker_.seen(key, job_.facts.now)) return;
    if (action()) tracker_.record(key, job_.facts.now, remembered_for);
  }

  const Job& job_;
  Tracker tracker_;
  TrackerHold hold_;
  std::string digest_;
};

} // namespace

void send_out(const Job& job, const Plan& plan) {
  Outbox outbox(job);
  for (const auto* redirect : plan.redirects) outbox.redirect(*redirect);
}

std::vector<const sieve::Pipe*> run_pipes(const Job& job, Plan& plan) {
  Outbox outbox(job);
  std::vector<const sieve::Pipe*> failed;
  for (const auto* pipe : plan.pipes) {
    const auto why = outbox.pipe(*pipe);
    if (why.empty()) continue;
    if (!pipe->try_only) {
      plan.problem = why;
      return {};
    }
    base::log(base::LogLevel::warning, why, {{"user", job.account.user.name}, {"id", job.facts.id}});
    failed.push_back(pipe);
  }
  return failed;
}

} // namespace delivery
