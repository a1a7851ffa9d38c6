// SPDX-License-Identifier: MIT
// The children of one message: at most `jobs` at a time, replies in the recipients' order as soon as each is
// final.
#pragma once

#include "base/process.h"
#include "delivery/channel.h"
#include "delivery/job.h"
#include "delivery/milestones.h"
#include "mail/reply.h"

#include <cstddef>
#include <deque>
#include <functional>
#include <list>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace delivery {

/// What all recipients of a message share.
struct Mailing {
  const mail::Envelope& envelope;
  const base::Spool& spool;
  TraceFacts facts;
  std::optional<gid_t> mail_group;
};

class Children {
public:
  /// True when the client was given the reply.
  using Answer = std::function<bool(const mail::Reply&)>;
  /// Everything that is passed by reference outlives this.
  Children(const Settings& settings, const Evaluator& evaluator, Mailing mailing, const Answer& answer);

  void add_refused(const mail::Recipient& recipient, mail::Reply reply);
  /// The same address a second time is not delivered to again; it gets the reply of the first.
  void add(const mail::Recipient& recipient, Account account);
  /// Delivers to all and answers for all. Does not throw.
  void run();

private:
  struct Slot {
    explicit Slot(const mail::Recipient& to) : recipient(to) {}
    const mail::Recipient& recipient;
    std::optional<Account> account;
    const Slot* same_as = nullptr;
    std::optional<mail::Reply> reply;
    std::optional<base::Child> child;
    std::optional<base::Child> runner;
    bool has_asked = false; // for its runner: nobody gets a second one
    std::optional<Milestones> milestones;
    Report report;      // of this child
    bool told = false;  // that the client was answered
    bool waits = false; // it is done, and waits to be told
    base::Deadline deadline = base::never;
    bool with_scripts = true;
    unsigned tries_left = 10; // where others replace the mailbox again and again
  };

  void start_some();
  void start(Slot& slot);
  void collect_all();
  Job job_for(const Slot& slot, Runner runner) const;
  void start_runner(Slot& slot);
  void leave_siblings();
  void wait();
  void collect(Slot& slot);
  void finish(Slot& slot);
  void finish_last();
  bool try_again(Slot& slot) const;
  void answer_some();
  void log(const Slot& slot, const std::string& death) const;

  const Settings& settings_;
  const Evaluator& evaluator_;
  Mailing mailing_;
  const Answer& answer_;
  base::Deadline started_;
  std::list<Slot> slots_;
  std::map<std::string, const Slot*> firsts_; // of those to be delivered to, by address
  std::deque<Slot*> ready_;                   // to be started
  std::vector<Slot*> active_;                 // have a child, and alone have descriptors
  std::list<Slot>::iterator next_answer_;
};

/// Asks a child, as the user, whether a message of that size would fit: nothing if it does, or if that cannot
/// be seen now (delivery will judge again).
std::optional<mail::Reply> ask_quota(const Settings& settings, const Account& account, std::uint64_t size,
                                     std::optional<gid_t> mail_group);

} // namespace delivery
