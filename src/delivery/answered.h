// SPDX-License-Identifier: MIT
// What a child is told after its reply: whether the client has it. Until then a record of what was begun is
// kept.
#pragma once

#include "base/fd.h"

#include <chrono>
#include <sys/types.h>

namespace delivery {

class Answered {
public:
  /// In the parent, before the fork. Throws std::system_error.
  Answered();

  /// The parent's word, once: the client was given the reply, or never will be.
  void tell(bool given);

  /// In the child: gives up the parent's end, so that it closes with the parent.
  void be_child() { parent_ = base::Fd(); }
  /// Is there still somebody who could answer the client?
  bool parent_lives() const;
  /// Waits for the word. Also true when it did not come in time though the parent lives: then the client is
  /// sure to be told.
  bool wait(std::chrono::milliseconds timeout) const;

private:
  pid_t parent_pid_;
  base::Fd parent_, child_;
};

} // namespace delivery
