// SPDX-License-Identifier: MIT
// The actions that scripts have taken so far: duplicates merged, conflicts and limits found while they are
// added.
#pragma once

#include "sieve/action.h"
#include "sieve/limits.h"

#include <optional>
#include <string_view>
#include <vector>

namespace sieve {

class Result {
public:
  struct Entry {
    Action action;
    bool executed = false; // carried out already, by the test language
    bool earlier =
        false; // taken by an earlier script of several: it decided nothing about the keep of this one

    /// Nothing conflicts with it, nothing changes it.
    bool settled() const { return executed || earlier; }
  };

  /// Adds an action. One that equals an action already there is merged into it (RFC 5228 section 2.10.3):
  /// flags of the later one win, :copy holds only if both have it. Throws ScriptError on a conflict (RFC 5429
  /// section 2.4) or when a limit is exceeded.
  void add(Action action, const Limits& limits);

  const std::vector<Entry>& entries() const { return entries_; }
  std::vector<Entry>& entries() { return entries_; }
  bool empty() const { return entries_.empty(); }
  void clear() { entries_.clear(); }

  /// The script ended and another one follows: what it took is settled, but its keep is taken back, for the
  /// last script decides that; the flags of an explicit keep are returned.
  std::optional<Flags> settle();

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

/// Is it a keep, or a store into the INBOX, which is the same?
bool stores_inbox(const Action& action);

/// "keep", "store", "redirect", "discard", "reject", "vacation", "notify", "report", "pipe",
/// "duplicate_mark".
std::string_view action_name(const Action& action);

} // namespace sieve
