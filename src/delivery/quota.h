// SPDX-License-Identifier: MIT
// Maildir++ quota: the file maildirsize, shared with Dovecot, Courier and maildrop by their rules. Its first
// line says the limits ("1000S,100C"), every other one a change ("size count"); it is read to be summed,
// appended to in one write, and made anew from the file names when it is long, when the limits changed, or
// when it says that the mailbox is full and is older than 15 minutes. Trash is not counted.
#pragma once

#include "base/fd.h"
#include "delivery/folder_name.h"
#include "delivery/settings.h"

#include <cstdint>
#include <optional>
#include <string>

namespace delivery {

struct Usage {
  std::int64_t size = 0; // octets
  std::int64_t count = 0;
};

class MaildirQuota {
public:
  MaildirQuota(std::string root, Quota limits) : root_(std::move(root)), limits_(limits) {}

  /// Would that much more still fit? A Maildir that does not exist is empty. Throws std::system_error.
  bool fits(const Usage& more) const;
  /// Notes that it was added. Throws std::system_error.
  void add(const Usage& more) const;
  /// What is there, as far as is known: counted where the file says nothing. Throws std::system_error.
  Usage usage() const;
  /// Has it counted anew by whoever asks next. Throws std::system_error.
  void forget() const;

private:
  struct State {
    Usage usage;
    bool stale = true;    // to be computed anew
    std::int64_t age = 0; // seconds
  };
  State read() const;
  Usage recalculate() const;
  bool is_over(const Usage& usage) const;
  std::string definition() const;
  std::optional<base::Fd> open(int flags) const;

  std::string root_;
  Quota limits_;
};

/// The folder "Trash" of a Maildir++, and those below it.
bool is_trash(const FolderName& folder);

/// What the files of a Maildir++ add up to, by S= in the names where it is.
Usage count_maildir(const std::string& root);

} // namespace delivery
