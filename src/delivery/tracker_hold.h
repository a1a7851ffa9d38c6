// SPDX-License-Identifier: MIT
// From the question whether something was done before until it is recorded that it was, one of all processes
// and hosts goes on: else two deliveries at the same moment would both hear "no". A lock (fcntl) on one octet
// of ~/.lastmile/KIND/.lock for each key: it ends with its holder, however that ends, and leaves nothing.
#pragma once

#include "base/fd.h"
#include "delivery/tracker.h"

#include <chrono>
#include <optional>
#include <string>

namespace delivery {

class TrackerHold {
public:
  /// Of one delivery; it waits so long at most, whatever it asks for.
  static constexpr std::chrono::milliseconds default_patience{30000};

  TrackerHold(std::string home, std::string kind, std::chrono::milliseconds patience = default_patience)
      : home_(std::move(home)), kind_(std::move(kind)), patience_(patience) {}

  /// Waits until nobody else holds the key. Without success, for want of time or of a lock (logged), things
  /// go on all the same: what is done twice is better than what is never done. A key that we hold is held.
  void take(const std::string& key);
  /// Lets the others ask.
  void release();

private:
  bool wait_for(off_t octet);

  std::string home_, kind_;
  std::chrono::milliseconds patience_;
  base::Fd file_;
};

} // namespace delivery
