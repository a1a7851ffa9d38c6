// SPDX-License-Identifier: MIT
// What an attempt that was killed before it could answer has left in the mailboxes.
#pragma once

#include "delivery/intent.h"
#include "delivery/mailboxes.h"

#include <memory>
#include <vector>

namespace delivery {

class Resume {
public:
  /// Looks for every place of the record, and undoes what is half done. Throws std::system_error or Failure
  /// when a mailbox cannot be looked into: then nobody knows, and the sender is to try again.
  Resume(Intent& intent, const Mailboxes& mailboxes);

  /// The earlier attempt did all it meant to do.
  bool complete() const { return complete_; }
  bool any() const { return !found_.empty(); }
  /// The copy with that number for that folder, if it is there; hands it over.
  std::unique_ptr<Staged> take(const FolderName& folder, unsigned number);
  /// All that is there.
  std::vector<std::unique_ptr<Staged>> take_all();

private:
  struct Found {
    Place place;
    std::unique_ptr<Staged> copy;
  };
  std::vector<Found> found_;
  bool complete_ = false;
};

} // namespace delivery
