// SPDX-License-Identifier: MIT
// Keywords of a message as Courier keeps them: a file with a keyword on each line, named like the message
// without its flags, in courierimapkeywords/ of the folder.
#pragma once

#include "base/fd.h"
#include "sieve/action.h"

#include <string>

namespace delivery {

/// Does Courier serve the folder of that descriptor? It left its files there, or its subscriptions beside it.
bool is_courier_folder(int folder);

/// The file of one message. It comes before the message does, since Courier reads it when it first sees the
/// message, and goes with a message that is not delivered after all.
class CourierKeywords {
public:
  /// Writes it, unless there are no keywords or Courier does not serve the folder. Does not throw: no mail
  /// waits for its keywords.
  CourierKeywords(int folder, const std::string& message, const sieve::Flags& keywords);
  CourierKeywords(const CourierKeywords&) = delete;
  ~CourierKeywords(); // removes it unless it is kept

  bool written() const { return written_; }
  void keep(bool keep) { keep_ = keep; }

private:
  base::Fd directory_; // courierimapkeywords
  std::string message_;
  bool written_ = false;
  bool keep_ = false;
};

} // namespace delivery
