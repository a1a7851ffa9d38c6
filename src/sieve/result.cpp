// SPDX-License-Identifier: MIT
#include "sieve/result.h"

#include "base/ascii.h"

#include <algorithm>

namespace sieve {

namespace {

template <class Kind>
bool is(const Action& action) {
  return std::holds_alternative<Kind>(action.what);
}

bool is_inbox(const FileInto& store) { return base::equal_ignoring_case(store.mailbox, "INBOX"); }

/// Leaves the message somewhere, or sends it somewhere: what a refused message must not do.
bool delivers(const Action& action) {
  return is<Keep>(action) || is<FileInto>(action) || is<Redirect>(action) || is<Pipe>(action);
}

bool same(const FileInto& a, const FileInto& b) {
  return a.mailbox == b.mailbox || (is_inbox(a) && is_inbox(b));
}

bool same(const Redirect& a, const Redirect& b) {
  return a.address.local_part == b.address.local_part &&
         base::equal_ignoring_case(a.address.domain, b.address.domain);
}

bool same(const DuplicateMark& a, const DuplicateMark& b) { return a.handle == b.handle && a.id == b.id; }

bool same(const Action& a, const Action& b) {
  if (stores_inbox(a) && stores_inbox(b)) return true;
  if (a.what.index() != b.what.index()) return false;
  if (const auto* store = std::get_if<FileInto>(&a.what)) return same(*store, std::get<FileInto>(b.what));
  if (const auto* redirect = std::get_if<Redirect>(&a.what)) {
    return same(*redirect, std::get<Redirect>(b.what));
  }
  if (const auto* mark = std::get_if<DuplicateMark>(&a.what)) {
    return same(*mark, std::get<DuplicateMark>(b.what));
  }
  return is<Discard>(a);
}

Flags* flags_of(Action& action) {
  if (auto* keep = std::get_if<Keep>(&action.what)) return &keep->flags;
  if (auto* store = std::get_if<FileInto>(&action.what)) return &store->flags;
  return nullptr;
}

/// Into `old`, which keeps its place and its snapshot; a keep makes a keep of a store into the INBOX.
void absorb(Action& old, Action added) {
  old.copy = old.copy && added.copy;
  if (auto* mark = std::get_if<DuplicateMark>(&old.what)) *mark = std::get<DuplicateMark>(added.what);
  Flags* flags = flags_of(added);
  if (flags == nullptr) return;
  *flags_of(old) = std::move(*flags);
  if (!is<Keep>(added) || is<Keep>(old)) return;
  auto& store = std::get<FileInto>(old.what);
  Keep keep{std::move(store.message), std::move(store.flags)};
  old.what = std::move(keep);
}

template <class Kind>
std::size_t count(const std::vector<Result::Entry>& entries) {
  return static_cast<std::size_t>(std::count_if(
      entries.begin(), entries.end(), [](const Result::Entry& entry) { return is<Kind>(entry.action); }));
}

[[noreturn]] void exceed(const Action& action, const std::string& what) {
  throw ScriptError(action.position, what + " exceeds policy limit");
}

} // namespace

bool stores_inbox(const Action& action) {
  const auto* store = std::get_if<FileInto>(&action.what);
  return is<Keep>(action) || (store != nullptr && is_inbox(*store));
}

std::string_view action_name(const Action& action) {
  static constexpr std::string_view names[] = {"keep",     "store",  "redirect", "discard", "reject",
                                               "vacation", "notify", "report",   "pipe",    "duplicate_mark"};
  static_assert(std::size(names) == std::variant_size_v<ActionKind>);
  return names[action.what.index()];
}

void Result::add(Action action, const Limits& limits) {
  check_conflicts(action);
  if (merge(action)) return;
  check_limits(action, limits);
  entries_.push_back({std::move(action), false});
}

bool Result::merge(const Action& action) {
  // Whoever was answered before, by an earlier script or an executed result, is not answered again.
  const auto answered = [&](const Entry& entry) {
    const auto* vacation = std::get_if<Vacation>(&entry.action.what);
    const bool replied = vacation != nullptr && !vacation->mail.recipients.empty();
    return entry.settled() && (is<Reject>(entry.action) || (replied && is<Vacation>(action)));
  };
  if ((is<Reject>(action) || is<Vacation>(action)) &&
      std::any_of(entries_.begin(), entries_.end(), answered)) {
    return true;
  }
  const auto old = std::find_if(entries_.begin(), entries_.end(),
                                [&](const Entry& entry) { return same(entry.action, action); });
  if (old == entries_.end()) return false;
  if (!old->settled()) absorb(old->action, action);
  return true;
}

void Result::check_conflicts(const Action& action) const {
  for (const Entry& entry : entries_) {
    if (entry.settled()) continue;
    const Action& old = entry.action;
    if (is<Reject>(action) && is<Reject>(old)) {
      throw ScriptError(action.position, "the message is already rejected");
    }
    if (is<Vacation>(action) && is<Vacation>(old)) {
      throw ScriptError(action.position, "vacation can be used once only");
    }
    const auto clash = [](const Action& reject, const Action& other) {
      return is<Reject>(reject) && (delivers(other) || is<Vacation>(other));
    };
    if (clash(action, old) || clash(old, action)) {
      throw ScriptError(action.position, std::string(action_name(action)) + " conflicts with the " +
                                             std::string(action_name(old)) + " taken before");
    }
  }
}

void Result::check_limits(const Action& action, const Limits& limits) const {
  if (entries_.size() >= limits.actions) exceed(action, "total number of actions");
  if (is<Redirect>(action) && count<Redirect>(entries_) >= limits.redirects) {
    exceed(action, "number of redirect actions");
  }
  if (is<Notify>(action) && count<Notify>(entries_) >= limits.notifications) {
    exceed(action, "number of notify actions");
  }
}

std::optional<Flags> Result::settle() {
  std::optional<Flags> flags;
  for (Entry& entry : entries_) {
    if (const auto* keep = std::get_if<Keep>(&entry.action.what); keep != nullptr && !entry.executed) {
      flags = keep->flags;
    }
    entry.earlier = true;
  }
  std::erase_if(entries_, [](const Entry& entry) { return is<Keep>(entry.action) && !entry.executed; });
  return flags;
}

bool Result::keep_cancelled() const {
  return std::any_of(entries_.begin(), entries_.end(), [](const Entry& entry) {
    const Action& action = entry.action;
    if (entry.earlier) return false;
    return is<Discard>(action) || is<Reject>(action) ||
           (!action.copy && (is<FileInto>(action) || is<Redirect>(action) || is<Pipe>(action)));
  });
}

bool Result::stores_inbox() const {
  return std::any_of(entries_.begin(), entries_.end(),
                     [](const Entry& entry) { return sieve::stores_inbox(entry.action); });
}

} // namespace sieve
