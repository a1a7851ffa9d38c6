// SPDX-License-Identifier: MIT
// What a child is told after its reply: whether the client has it. Until then a record of what was begun is
// kept.
#pragma once

#include "base/fd.h"

#include <sys/types.h>

namespace delivery {

class Answered {
public:
  /// In the parent, before the fork. Throws std::system_error.
  Answered();

  /// The parent's word, once: the client was given the reply, or never will be.
  void tell(bool given);

  /// In each of the two: gives up the other's end. The parent's closes with the parent.
  void be_parent() { child_ = base::Fd(); }
  void be_child() { parent_ = base::Fd(); }
  /// Is there still somebody who could answer the client?
  bool parent_lives() const;
  /// Waits for the word, as long as that takes: the recipients before this one may be slow, and the client
  /// slow to read. A parent that ends without it has not answered.
  bool wait() const;

private:
  pid_t parent_pid_;
  base::Fd parent_, child_;
};

} // namespace delivery
