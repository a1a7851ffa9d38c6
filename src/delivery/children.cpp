// SPDX-License-Identifier: MIT
#include "delivery/children.h"

#include "base/log.h"
#include "delivery/child_body.h"
#include "delivery/confine.h"
#include "delivery/deliver.h"
#include "delivery/errors.h"

#include <algorithm>
#include <iterator>
#include <poll.h>
#include <system_error>
#include <utility>

namespace delivery {

namespace {

constexpr std::chrono::seconds grace{5}; // for who has only to end

std::string seconds_since(base::Deadline start) {
  const auto passed =
      std::chrono::duration_cast<std::chrono::milliseconds>(base::Clock::now() - start).count();
  char text[32];
  snprintf(text, sizeof text, "%lld.%03lld", static_cast<long long>(passed / 1000),
           static_cast<long long>(passed % 1000));
  return text;
}

/// How a child ended that told no reply; empty if it did.
std::string describe(const base::Child::Result& result) {
  if (result.timed_out) return "deadline";
  if (result.truncated) return "too long a report";
  if (result.unreadable) return "unreadable report";
  if (result.signal != 0) return "signal " + std::to_string(result.signal);
  return "exit status " + std::to_string(result.exit_status);
}

} // namespace

Children::Children(const Settings& settings, const Evaluator& evaluator, Mailing mailing,
                   const Answer& answer)
    : settings_(settings), evaluator_(evaluator), mailing_(std::move(mailing)), answer_(answer),
      started_(base::Clock::now()), next_answer_(slots_.end()) {}

void Children::add_refused(const mail::Recipient& recipient, mail::Reply reply) {
  auto& slot = slots_.emplace_back(recipient);
  slot.reply = std::move(reply);
  log(slot, "");
}

void Children::add(const mail::Recipient& recipient, Account account) {
  auto& slot = slots_.emplace_back(recipient);
  const auto [first, is_new] = firsts_.try_emplace(recipient.address.str(), &slot);
  if (is_new) {
    slot.account = std::move(account);
    ready_.push_back(&slot);
  } else {
    slot.same_as = first->second;
  }
}

void Children::run() {
  firsts_.clear(); // each child is a copy of all this
  next_answer_ = slots_.begin();
  while (!ready_.empty() || !active_.empty()) {
    start_some();
    answer_some();
    wait();
    collect_all();
    answer_some();
    finish_last();
  }
  answer_some();
}

void Children::start_some() {
  auto running = std::count_if(active_.begin(), active_.end(), [](const Slot* slot) { return !slot->waits; });
  while (!ready_.empty() && running < static_cast<std::ptrdiff_t>(std::max(settings_.jobs, 1u))) {
    auto& slot = *ready_.front();
    ready_.pop_front();
    active_.push_back(&slot);
    start(slot);
    if (slot.child)
      ++running;
    else
      active_.pop_back();
  }
}

Job Children::job_for(const Slot& slot, Runner runner) const {
  return {settings_,      evaluator_,     mailing_.envelope,   slot.recipient,    *slot.account,
          mailing_.spool, mailing_.facts, mailing_.mail_group, std::move(runner), slot.with_scripts};
}

/// In a new process: what belongs to the other recipients is closed. The slots of those without a child stay
/// as they are: each that is written to would be a page to be copied.
void Children::leave_siblings() {
  for (auto* slot : active_) {
    slot->milestones.reset();
    if (slot->child) slot->child->leave();
    if (slot->runner) slot->runner->leave();
  }
}

void Children::start(Slot& slot) {
  slot.report = {};
  slot.has_asked = false;
  try {
    Milestones milestones;
    slot.child = base::Child::spawn([&](int pipe) {
      leave_siblings();
      milestones.be_child();
      Channel channel(pipe, &milestones);
      const Job job = job_for(slot, Runner([&] { return milestones.runner(channel); }));
      return child_body(settings_, slot.account->user, mailing_.mail_group, mailing_.spool.size(), channel,
                        [&] {
                          confine(settings_, *slot.account, mailing_.mail_group);
                          delivery::deliver(job, channel, milestones);
                        });
    });
    milestones.be_parent();
    slot.milestones = std::move(milestones);
    if (slot.deadline == base::never) slot.deadline = base::Clock::now() + settings_.limits.deadline;
  } catch (const std::system_error& error) { // no process to be had: this recipient's mail waits
    slot.reply = internal_error();
    log(slot, error.what());
  }
}

/// Forked from here, not by the child: from a process that is neither confined nor has read anything of the
/// message.
void Children::start_runner(Slot& slot) {
  base::Fd childs; // none: there is no runner to be had
  try {
    auto [runners, other] = base::make_socket_pair();
    const base::Fd socket = std::move(runners);
    childs = std::move(other);
    slot.runner = base::Child::spawn([&](int pipe) {
      childs = base::Fd();
      leave_siblings();
      Channel channel(pipe);
      return child_body(settings_, slot.account->user, std::nullopt, mailing_.spool.size(), channel,
                        [&] { serve_runner(job_for(slot, Runner()), socket.get()); });
    });
  } catch (const std::system_error& error) {
    childs = base::Fd();
    base::log(base::LogLevel::error, "no process to run programs", {{"error", error.what()}});
  }
  slot.milestones->pass_runner(childs);
}

/// Until one of the children told something or ended, or the first deadline.
void Children::wait() {
  std::vector<pollfd> descriptors;
  base::Deadline first = base::never;
  for (const auto* slot : active_) {
    descriptors.push_back({slot->child->fd(), POLLIN, 0});
    if (!slot->waits) first = std::min(first, slot->deadline);
  }
  if (descriptors.empty()) return;
  poll(descriptors.data(), descriptors.size(), base::poll_timeout(first));
}

/// Those that ended without a reply are to be started again, before all others.
void Children::collect_all() {
  for (auto* slot : active_) collect(*slot);
  const auto gone = std::stable_partition(active_.begin(), active_.end(),
                                          [](const Slot* slot) { return slot->child.has_value(); });
  std::copy_if(gone, active_.end(), std::front_inserter(ready_),
               [](const Slot* slot) { return !slot->reply; });
  active_.erase(gone, active_.end());
}

void Children::collect(Slot& slot) {
  const bool complete = slot.child->pump();
  slot.report.read(slot.child->output());
  if (!slot.reply) slot.reply = slot.report.reply;
  if (slot.report.wants_runner && !std::exchange(slot.has_asked, true) && !complete) start_runner(slot);
  slot.waits = slot.report.done; // not for long: its patience is its own
  if (complete || (!slot.waits && base::Clock::now() >= slot.deadline)) finish(slot);
}

/// Only while a new child would have the time that it may need for locks, and to undo what it did.
bool Children::try_again(Slot& slot) const {
  const bool time_is_left = base::Clock::now() + settings_.limits.deadline / 2 < slot.deadline;
  return time_is_left && slot.tries_left-- > 0;
}

/// A reply that was told counts, however the child ended after it: what it says has been done.
void Children::finish(Slot& slot) {
  const auto result = slot.child->finish(slot.deadline);
  const auto& report = slot.report;
  slot.report.read(result.output);
  if (!slot.reply) slot.reply = report.reply;
  const bool untouched =
      !slot.reply && !result.unreadable && !result.truncated && !slot.milestones->staging_began();
  slot.child.reset();
  slot.milestones.reset();
  if (slot.runner) slot.runner->finish(base::Clock::now() + grace); // it ends itself: its asker is gone
  slot.runner.reset();
  slot.waits = false;
  if (!slot.reply && report.again) {
    if (try_again(slot)) return;
    slot.reply = report.again;
  }
  if (!slot.reply && untouched && std::exchange(slot.with_scripts, false)) {
    base::log(base::LogLevel::error, "evaluation died, delivering without scripts",
              {{"id", mailing_.facts.id}, {"to", slot.recipient.address.str()}, {"end", describe(result)}});
    slot.deadline = base::never;
    return;
  }
  const bool died = !slot.reply.has_value();
  if (died) slot.reply = internal_error();
  log(slot, died ? describe(result) : "");
}

/// Where no other child could have something to tell, the end of one that has nothing left to tell need not
/// wake us twice.
void Children::finish_last() {
  if (active_.size() != 1) return;
  auto& slot = *active_.front();
  if (!slot.waits || !slot.told || slot.runner) return;
  slot.child->stop_listening();
  slot.deadline = std::max(slot.deadline, base::Clock::now() + grace); // it may have waited beyond its own
  finish(slot);
  active_.clear();
}

void Children::answer_some() {
  while (next_answer_ != slots_.end()) {
    auto& slot = *next_answer_;
    if (slot.same_as) slot.reply = slot.same_as->reply;
    if (!slot.reply) return;
    ++next_answer_;
    const bool given = answer_(*slot.reply);
    if (slot.milestones) slot.milestones->tell_answered(given);
    slot.told = true;
  }
}

/// The one line of this recipient.
void Children::log(const Slot& slot, const std::string& death) const {
  const auto& reply = *slot.reply;
  const auto note = [&](const char* key) {
    const auto found = slot.report.notes.find(key);
    return found == slot.report.notes.end() ? std::string() : found->second;
  };
  const char* const status = reply.positive() ? "delivered" : reply.temporary() ? "deferred" : "refused";
  base::log(base::LogLevel::info, status,
            {{"id", mailing_.facts.id},
             {"from", "<" + mailing_.envelope.reverse_path.str() + ">"},
             {"to", slot.recipient.address.str()},
             {"orig_to", original_recipient(slot.recipient).value_or("")},
             {"user", slot.account ? slot.account->user.name : ""},
             {"message-id", note("message-id")},
             {"size", std::to_string(mailing_.spool.size())},
             {"action", note("action")},
             {"script", note("script")},
             {"status", std::to_string(reply.code) + " " + reply.enhanced + " " + reply.text},
             {"died", death},
             {"delay", seconds_since(started_)}});
}

std::optional<mail::Reply> ask_quota(const Settings& settings, const Account& account, std::uint64_t size,
                                     std::optional<gid_t> mail_group) {
  try {
    auto child = base::Child::spawn([&](int pipe) {
      Channel channel(pipe);
      return child_body(settings, account.user, mail_group, 0, channel, [&] {
        confine(settings, account, mail_group);
        const Mailboxes mailboxes(settings, account, "", mail_group);
        judge_quota(settings, account, mailboxes, FolderName(), {static_cast<std::int64_t>(size), 1});
        channel.reply({250, "2.0.0", ""});
      });
    });
    const auto result = child.finish(base::Clock::now() + std::chrono::seconds(30));
    Report report;
    report.read(result.output);
    const bool full =
        report.reply && (report.reply->enhanced == "4.2.2" || report.reply->enhanced == "5.2.2");
    if (full) return report.reply;
  } catch (const std::system_error& error) {
    base::log(base::LogLevel::warning, "the quota cannot be judged now", {{"error", error.what()}});
  }
  return std::nullopt;
}

} // namespace delivery
