// SPDX-License-Identifier: MIT
// What a child tells its parent, over the one pipe between them: its reply, and words for the log.
#pragma once

#include "delivery/milestones.h"
#include "mail/reply.h"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace delivery {

/// The child's end. Words for the log go with the message after them; every other message is written at once,
/// unless it is held. A parent that is gone is no error (nobody is left to be told).
class Channel {
public:
  /// `milestones`, which outlive it: of a child that delivers.
  explicit Channel(int pipe, const Milestones* milestones = nullptr) : pipe_(pipe), milestones_(milestones) {}

  /// From now on a death is 451: something may be in the mailbox. Throws std::system_error.
  void staging();
  /// The result, final from now on. The first one counts.
  void reply(const mail::Reply& reply);
  /// The same, but told with the next message or by flush(): for who has nothing left to do.
  void reply_with_next(const mail::Reply& reply);
  void flush();
  /// Nothing was done, and a new child is to try once more; the reply is for when there is none.
  void again(const mail::Reply& reply);
  bool replied() const { return replied_; }
  bool is_staging() const { return staging_; }
  /// A process is to run programs for this one; Milestones::runner() waits for the way to it.
  void want_runner() { send('P', ""); }
  /// Nothing is left to be done but to hear that the client was answered.
  void done() { send('D', ""); }
  /// One word of the recipient's log line.
  void note(std::string_view key, std::string_view value);

private:
  void send(char kind, std::string_view octets);
  int pipe_;
  const Milestones* milestones_;
  std::string held_;
  bool replied_ = false;
  bool staging_ = false;
};

/// The parent's end.
struct Report {
  /// Reads on in all that came so far. A message that is cut short is not there yet.
  void read(std::string_view octets);

  bool done = false;
  bool wants_runner = false;
  std::optional<mail::Reply> reply;
  std::optional<mail::Reply> again;
  std::map<std::string, std::string, std::less<>> notes;

private:
  std::size_t known_ = 0; // octets that were read before
};

} // namespace delivery
