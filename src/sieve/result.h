// SPDX-License-Identifier: MIT
// The actions that scripts have taken so far: duplicates merged, conflicts and limits found while they are
// added.
#pragma once

#include "sieve/action.h"
#include "sieve/limits.h"

#include <string_view>
#include <vector>

namespace sieve {

class Result {
public:
  struct Entry {
    Action action;
    bool executed = false; // by a test of the test language, or in an earlier script of several
  };

  /// Adds an action. One that equals an action already there is merged into it (RFC 5228 section 2.10.3):
  /// flags of the later one win, :copy holds only if both have it. Throws ScriptError on a conflict (RFC 5429
  /// section 2.4) or when a limit is exceeded.
  void add(Action action, const Limits& limits);

  const std::vector<Entry>& entries() const { return entries_; }
  std::vector<Entry>& entries() { return entries_; }
  bool empty() const { return entries_.empty(); }
  void clear() { entries_.clear(); }

  /// Has an action cancelled the implicit keep (RFC 5228 section 2.10.2)?
  bool keep_cancelled() const;
  /// Is a store into the INBOX, keep included, among the actions?
  bool stores_inbox() const;

private:
  bool merge(const Action& action);
  void check_conflicts(const Action& action) const;
  void check_limits(const Action& action, const Limits& limits) const;

  std::vector<Entry> entries_;
};

/// "keep", "store", "redirect", "discard", "reject", "vacation", "notify", "report", "pipe",
/// "duplicate_mark".
std::string_view action_name(const Action& action);

} // namespace sieve
