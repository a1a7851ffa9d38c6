// SPDX-License-Identifier: MIT
#include "delivery/transaction.h"

namespace delivery {

Transaction::~Transaction() {
  while (!staged_.empty()) {
    if (staged_.size() <= committed_) staged_.back()->take_back();
    staged_.pop_back();
  }
}

std::vector<Delivered> Transaction::commit() {
  std::vector<Delivered> delivered;
  delivered.reserve(staged_.size()); // nothing may throw between a commit and its count
  for (const auto& staged : staged_) {
    delivered.push_back(staged->commit());
    ++committed_;
  }
  committed_ = 0; // for good
  return delivered;
}

} // namespace delivery
