// SPDX-License-Identifier: MIT
// All folders or none.
#pragma once

#include "delivery/store.h"

#include <memory>
#include <vector>

namespace delivery {

class Transaction {
public:
  Transaction() = default;
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  /// Undoes whatever a commit() that threw, or was never called, left behind; the newest first, since two
  /// copies in one mbox lie behind each other.
  ~Transaction();

  void add(std::unique_ptr<Staged> staged) { staged_.push_back(std::move(staged)); }
  bool empty() const { return staged_.empty(); }

  /// Commits every copy. If one fails, those before it are taken back by the destructor and its exception
  /// leaves.
  std::vector<Delivered> commit();

private:
  std::vector<std::unique_ptr<Staged>> staged_;
  std::size_t committed_ = 0; // how many of them are seen and not yet all of them
};

} // namespace delivery
