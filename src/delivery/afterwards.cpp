// SPDX-License-Identifier: MIT
#include "delivery/afterwards.h"

#include "base/ascii.h"
#include "delivery/attempt.h"
#include "delivery/dsn.h"
#include "delivery/errors.h"
#include "delivery/host.h"
#include "delivery/submit.h"
#include "delivery/tracker.h"

#include <type_traits>

namespace delivery {

namespace {

void send(const Job& job, const sieve::OutgoingMail& mail) {
  Submission submission;
  submission.sender = mail.reverse_path;
  submission.recipients = mail.recipients;
  const std::string_view pieces[] = {mail.octets};
  submit(job, submission, pieces);
}

/// RFC 8580: a copy of what was sent. A mailbox that is not there and not to be made: the INBOX.
void file_copy(const Mailboxes& mailboxes, const sieve::Fcc& fcc, const std::string& octets) {
  auto folder = FolderName::parse(fcc.mailbox).value_or(FolderName());
  if (!fcc.create && !mailboxes.exists(folder)) folder = FolderName();
  const auto message = std::make_shared<const mail::EditedMessage>(octets);
  mailboxes.store(folder).stage({"", message, nullptr}, folder, fcc.flags)->commit();
}

class Afterwards {
public:
  Afterwards(const Job& job, const Mailboxes& mailboxes) : job_(job), mailboxes_(mailboxes) {}

  void operator()(const sieve::Vacation& vacation) {
    attempt("a vacation answer is not sent", [&] {
      const Tracker tracker(job_.account.user.home, "vacation");
      const auto key = tracker_key({vacation.handle, base::lower(vacation.sender)});
      if (!tracker.claim(key, job_.facts.now, vacation.seconds)) return;
      if (!attempt("a vacation answer is not sent", [&] { send(job_, vacation.mail); }))
        return tracker.release(key);
      copy(vacation.fcc, vacation.mail);
    });
  }

  void operator()(const sieve::Notify& notify) {
    if (attempt("a notification is not sent", [&] { send(job_, notify.mail); }))
      copy(notify.fcc, notify.mail);
  }

  void operator()(const sieve::Report& report) {
    attempt("a report is not sent", [&] { send(job_, report.mail); });
  }

  /// The others were done before: a new kind that is not named here does not compile.
  template <typename Done>
  void operator()(const Done&) {
    static_assert(std::is_same_v<Done, sieve::Keep> || std::is_same_v<Done, sieve::FileInto> ||
                  std::is_same_v<Done, sieve::Redirect> || std::is_same_v<Done, sieve::Discard> ||
                  std::is_same_v<Done, sieve::Reject> || std::is_same_v<Done, sieve::Pipe> ||
                  std::is_same_v<Done, sieve::DuplicateMark>);
  }

private:
  void copy(const std::optional<sieve::Fcc>& fcc, const sieve::OutgoingMail& mail) {
    if (fcc) attempt("a copy of a sent mail is not filed", [&] { file_copy(mailboxes_, *fcc, mail.octets); });
  }

  const Job& job_;
  const Mailboxes& mailboxes_;
};

} // namespace

void record(const Job& job, const Plan& plan, const Mailboxes& mailboxes, const Usage& added) {
  const Quota limits = job.quota();
  const auto root = mailboxes.store({}).quota_root();
  if (limits.limited() && !root.empty() && added.count > 0)
    attempt("maildirsize is not written", [&] { MaildirQuota(root, limits).add(added); });
  const Tracker duplicates(job.account.user.home, "duplicate");
  for (const auto* mark : plan.marks)
    duplicates.record(duplicate_key(mark->handle, mark->id), job.facts.now, mark->seconds);
}

void afterwards(const Job& job, const Plan& plan, const Mailboxes& mailboxes) {
  Afterwards visitor(job, mailboxes);
  for (const auto* action : plan.afterwards) std::visit(visitor, action->what);
  if (!wants_success_dsn(job) || plan.copies.empty()) return;
  attempt("a success notice is not sent", [&] {
    send(job, {{}, {job.envelope.reverse_path}, success_dsn(job)});
  });
}

} // namespace delivery
