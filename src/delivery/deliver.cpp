// SPDX-License-Identifier: MIT
#include "delivery/deliver.h"

#include "base/ascii.h"
#include "base/log.h"
#include "delivery/afterwards.h"
#include "delivery/attempt.h"
#include "delivery/dsn.h"
#include "delivery/errors.h"
#include "delivery/host.h"
#include "delivery/intent.h"
#include "delivery/outbox.h"
#include "delivery/plan.h"
#include "delivery/quota_warning.h"
#include "delivery/refuse.h"
#include "delivery/resume.h"
#include "delivery/transaction.h"
#include "delivery/valid_since.h"

#include <algorithm>
#include <cassert>
#include <map>

namespace delivery {

namespace {

/// This attempt's record, and what an earlier one left.
struct Begun {
  Intent& intent;
  Resume& resume;
  Usage added = {}; // by this one
};

/// The script's decision; a plain keep when scripts are off.
sieve::Outcome decide(const Job& job, const sieve::Host& host, const sieve::Snapshot& message) {
  sieve::Outcome outcome;
  if (job.with_scripts) {
    const auto& delimiter = job.settings.recipient_delimiter;
    outcome = job.evaluator(job.settings, job.account, host,
                            {job.spool.view(),
                             {job.envelope, job.recipient, job.account.user.name, delimiter},
                             job.spool.crlf_size()});
  }
  if (!outcome.keep.message) outcome.keep.message = message;
  return outcome;
}

void log_diagnostics(const Job& job, const sieve::Outcome& outcome) {
  for (const auto& diagnostic : outcome.log) {
    const bool error = diagnostic.severity == sieve::Severity::error;
    base::log(error ? base::LogLevel::error : base::LogLevel::info, sieve::headline(diagnostic),
              {{"user", job.account.user.name}, {"id", job.facts.id}});
  }
}

void log_problem(const Job& job, const Plan& plan) {
  base::log(base::LogLevel::error, plan.problem, {{"user", job.account.user.name}, {"id", job.facts.id}});
}

/// A mistake about mailboxes is like any other of a script's: the message is kept as it came.
Plan plan_or_keep(const Job& job, const sieve::Outcome& outcome, const Mailboxes& mailboxes,
                  const sieve::Snapshot& message) {
  Plan plan = make_plan(job, outcome, mailboxes);
  if (plan.problem.empty()) return plan;
  log_problem(job, plan);
  return keep_plan(job, message, mailboxes);
}

/// A pipe that fails, without :try, is a script's error too.
void pipe_out(const Job& job, const sieve::Outcome& outcome, const Mailboxes& mailboxes,
              const sieve::Snapshot& message, Plan& plan) {
  const auto failed = run_pipes(job, plan);
  if (plan.problem.empty()) return restore_keep(job, outcome, mailboxes, failed, plan);
  log_problem(job, plan);
  plan = keep_plan(job, message, mailboxes);
}

void add(Usage& usage, std::size_t size) {
  usage.size += static_cast<std::int64_t>(size);
  ++usage.count;
}

void judge_quota(const Job& job, const Plan& plan, const Mailboxes& mailboxes) {
  if (!job.quota().limited()) return;
  const auto front = trace_fields(job.settings, job.envelope, job.recipient, job.facts).size();
  std::map<std::string, Usage> added; // a Maildir++ is counted as a whole, an mbox alone
  for (const auto& copy : plan.copies) {
    const auto root = mailboxes.store(copy.folder).quota_root();
    auto& more = added[root.empty() ? copy.folder.str() : root];
    add(more, front + copy.message->size());
    judge_quota(job.settings, job.account, mailboxes, copy.folder, more);
  }
}

/// Is that folder's mail counted together with the INBOX's?
bool counts_with_inbox(const Mailboxes& mailboxes, const FolderName& folder) {
  const auto root = mailboxes.store({}).quota_root();
  if (root.empty()) return folder.is_inbox();
  return mailboxes.store(folder).quota_root() == root && !is_trash(folder);
}

/// In the order of their names: two deliveries that need the same mboxes lock them in the same order. Copies
/// for one folder stay in the script's order.
void stage(const Job& job, Plan& plan, const Mailboxes& mailboxes, Begun& begun, Transaction& transaction) {
  const std::string front = trace_fields(job.settings, job.envelope, job.recipient, job.facts);
  std::stable_sort(plan.copies.begin(), plan.copies.end(),
                   [](const Copy& a, const Copy& b) { return a.folder.str() < b.folder.str(); });
  std::map<std::string, unsigned> numbers;
  for (const auto& copy : plan.copies) {
    const std::string folder = copy.folder.str();
    const unsigned number = numbers[folder]++;
    auto there = begun.resume.take(copy.folder, number);
    if (!there)
      there = mailboxes.store(copy.folder)
                  .stage({front, copy.message, &job.spool}, copy.folder, copy.flags, [&](Place place) {
                    place.folder = folder;
                    place.number = number;
                    begun.intent.note(place);
                  });
    if (counts_with_inbox(mailboxes, copy.folder)) add(begun.added, there->size());
    transaction.add(std::move(there));
  }
}

/// Stage, submit, commit, record. Leaving it releases the locks: what comes afterwards may take its time.
std::vector<Delivered> store(const Job& job, Plan& plan, const Mailboxes& mailboxes, Begun& begun,
                             const Milestones& milestones) {
  Transaction transaction;
  stage(job, plan, mailboxes, begun, transaction);
  send_out(job, plan);
  if (!milestones.parent_lives()) throw Failure(internal_error(), "nobody is left to answer the client");
  // One copy is there or not, and its directory's fsync writes the record too where there is a journal.
  begun.intent.commit(job.settings.fsync && plan.copies.size() > 1);
  auto delivered = transaction.commit();
  record(job, plan, mailboxes, begun.added);
  return delivered;
}

/// The one place where mail that was stored becomes a 250: a Delivered for every copy.
mail::Reply delivered_reply(const Job& job, [[maybe_unused]] std::size_t wanted,
                            const std::vector<Delivered>& delivered) {
  assert(delivered.size() == wanted);
  std::string text = job.facts.id;
  for (const auto& copy : delivered)
    text += (&copy == &delivered.front() ? " saved in " : ", ") + copy.where();
  return {250, "2.0.0", delivered.empty() ? text + " done" : text};
}

/// All that the earlier attempt did not come to was to say so.
mail::Reply finish_begun(const Job& job, const Mailboxes& mailboxes, Resume& resume) {
  Transaction transaction;
  for (auto& copy : resume.take_all()) transaction.add(std::move(copy));
  const auto delivered = transaction.commit();
  if (const auto root = mailboxes.store({}).quota_root(); !root.empty())
    attempt("maildirsize is not removed", [&] { MaildirQuota(root, job.quota()).forget(); });
  base::log(base::LogLevel::info, "delivered by an earlier attempt",
            {{"user", job.account.user.name}, {"id", job.facts.id}});
  return delivered_reply(job, delivered.size(), delivered);
}

void note_plan(const Plan& plan, Channel& channel) {
  channel.note("action", plan.summary);
  channel.note("script", plan.origin);
}

} // namespace

void judge_quota(const Settings& settings, const Account& account, const Mailboxes& mailboxes,
                 const FolderName& folder, const Usage& more) {
  const Quota limits = account.user.quota.value_or(settings.quota);
  if (!limits.limited()) return;
  auto& store = mailboxes.store(folder);
  const auto root = store.quota_root();
  bool fits = true;
  if (!root.empty())
    fits = is_trash(folder) || MaildirQuota(root, limits).fits(more);
  else if (limits.storage != 0)
    fits = store.folder_size(folder) + static_cast<std::uint64_t>(more.size) <= limits.storage;
  if (!fits) throw Failure(over_quota(settings.quota_full), "over quota");
}

/// Everything up to the reply, and what comes afterwards.
void process(const Job& job, Channel& channel, const Milestones& milestones, const sieve::Snapshot& message,
             const Mailboxes& mailboxes, Begun begun) {
  const MailboxHost host(job, mailboxes);
  const auto outcome = decide(job, host, message);
  log_diagnostics(job, outcome);
  Plan plan = plan_or_keep(job, outcome, mailboxes, message);
  note_plan(plan, channel);
  if (plan.reject != nullptr) {
    channel.staging(); // a notification may go out: not to be sent again by a second run
    if (const auto reply = refuse(job, host, *plan.reject, *message)) return channel.reply(*reply);
    plan = keep_plan(job, message, mailboxes);
  }

  if (!plan.pipes.empty()) {
    channel.staging(); // what a program did cannot be undone: no second run
    pipe_out(job, outcome, mailboxes, message, plan);
  }
  if (!begun.resume.any()) judge_quota(job, plan, mailboxes);
  channel.staging();
  const auto delivered = store(job, plan, mailboxes, begun, milestones);
  host.let_others_ask();
  channel.reply_with_next(delivered_reply(job, plan.copies.size(), delivered));
  if (plan.afterwards.empty() && !wants_success_dsn(job) && !job.quota().limited()) return;
  channel.flush();
  afterwards(job, plan, mailboxes);
  warn_of_quota(job, mailboxes, begun.added);
}

void deliver(const Job& job, Channel& channel, Milestones& milestones) {
  const sieve::Snapshot message = std::make_shared<const mail::EditedMessage>(job.spool.view());
  if (const auto* id = mail::find_field(message->fields(), "Message-ID"))
    channel.note("message-id", base::trim(mail::unfold(id->value)));
  if (const auto loop = loop_found(*message, job.recipient)) return channel.reply(*loop);
  if (const auto changed = owner_has_changed(job.account.user, job.recipient, *message))
    return channel.reply(*changed);

  const Mailboxes mailboxes(job.settings, job.account, job.sender(), job.mail_group);
  Intent intent(job.account.user.home, intent_key(job), job.facts.now);
  Resume resume(intent, mailboxes);
  if (resume.complete())
    channel.reply(finish_begun(job, mailboxes, resume));
  else
    process(job, channel, milestones, message, mailboxes, {intent, resume});
  if (!intent.is_written()) return channel.flush();
  channel.done();
  if (milestones.wait_answered()) intent.remove();
}

} // namespace delivery
