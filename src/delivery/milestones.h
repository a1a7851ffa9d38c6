// SPDX-License-Identifier: MIT
// What passes between a parent and the child that delivers, besides the child's report: that it began to
// stage, the way to the process that runs programs for it, and that the client has its reply. Until then a
// record of what was begun is kept.
#pragma once

#include "base/fd.h"

#include <optional>
#include <sys/types.h>

namespace delivery {

class Channel;

class Milestones {
public:
  /// In the parent, before the fork. Throws std::system_error.
  Milestones();

  /// In each of the two: gives up the other's end. The parent's closes with the parent.
  void be_parent() { child_ = base::Fd(); }
  void be_child() { parent_ = base::Fd(); }

  /// The child's: from now on something may be in the mailbox. Wakes nobody: the parent asks only when it
  /// sees a death without a reply. Throws std::system_error when it cannot be told.
  void begin_staging() const;
  /// The parent's question, once its child is dead. What cannot be read counts as begun.
  bool staging_began() const;

  /// The parent's answer to Channel::want_runner(): one end of a socket, or none where there is no process.
  void pass_runner(const base::Fd& socket) const;
  /// The child asks for it, at the first call, and waits. -1: there is none.
  int runner(Channel& channel);

  /// The parent's word, once: the client was given the reply, or never will be.
  void tell_answered(bool given);
  /// The child waits for the word, as long as that takes: the recipients before this one may be slow, and the
  /// client slow to read. A parent that ends without it has not answered.
  bool wait_answered();
  /// The child's question: is there still somebody who could answer the client?
  bool parent_lives() const;

private:
  char next_word();

  pid_t parent_pid_;
  base::Fd parent_, child_;
  std::optional<bool> answered_; // what the child was told
  bool asked_ = false;
  base::Fd runner_;
};

} // namespace delivery
