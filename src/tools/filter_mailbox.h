// SPDX-License-Identifier: MIT
// A mailbox whose messages are filtered: what is there, and carrying out what a script says.
#pragma once

#include "tools/filter_plan.h"

#include <memory>
#include <string>
#include <string_view>

namespace tools {

/// A message while it is looked at.
class FilterMessage {
public:
  virtual ~FilterMessage() = default;
  virtual std::string_view octets() const = 0;
  virtual std::int64_t received() const = 0; // seconds since 1970
};

class FilterMailbox {
public:
  virtual ~FilterMailbox() = default;
  virtual const delivery::FolderName& folder() const = 0;
  /// Can a message that stays be given flags?
  virtual bool sets_flags() const = 0;
  virtual std::size_t count() const = 0;
  /// For people: "INBOX/cur/179...".
  virtual std::string name(std::size_t index) const = 0;
  /// Null if it is gone meanwhile. Throws std::system_error.
  virtual std::unique_ptr<FilterMessage> open(std::size_t index) = 0;
  /// All of it or nothing; false if the message is gone meanwhile. Throws std::system_error or
  /// delivery::Failure.
  virtual bool apply(std::size_t index, const FilterMessage& message, const FilterPlan& plan) = 0;
  /// Makes it durable.
  virtual void finish() = 0;
};

/// A folder of a Maildir++. `mailboxes` outlives it.
std::unique_ptr<FilterMailbox> open_maildir_folder(const std::string& path, delivery::FolderName folder,
                                                   const delivery::Mailboxes& mailboxes, bool only_new);
/// A file; with `write` locked as at a delivery until the object is gone.
std::unique_ptr<FilterMailbox> open_mbox_file(const std::string& path, const RunWorld& world, bool only_new,
                                              bool write);

/// Stages a copy for each folder of the plan and commits all of them or none.
void store_copies(const FilterPlan& plan, const FilterMessage& message, const sieve::Flags& own_flags,
                  const delivery::Mailboxes& mailboxes);

} // namespace tools
