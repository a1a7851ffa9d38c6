// SPDX-License-Identifier: MIT
#include "tools/filter_plan.h"

#include "base/ascii.h"
#include "sieve/flags.h"
#include "tools/describe.h"
#include "tools/report.h"

namespace tools {

namespace {

class Planner {
public:
  Planner(const delivery::FolderName& here, const RunWorld& world, bool allow_discard)
      : here_(here), world_(world), allow_discard_(allow_discard) {}

  void take(const sieve::Action& action) {
    action_ = &action;
    std::visit(*this, action.what);
  }

  void operator()(const sieve::Keep& keep) {
    plan_.stays = true;
    plan_.flags = keep.flags;
  }
  void operator()(const sieve::FileInto& into) {
    const auto folder = resolve(into);
    if (!folder) return;
    if (*folder != here_) {
      plan_.copies.push_back({*folder, into.flags, into.message});
    } else {
      plan_.stays = true;
      plan_.flags = into.flags;
    }
  }
  void operator()(const sieve::Discard&) {
    discards_ = true;
    if (!allow_discard_) listed("not done without --allow-discard");
  }
  void operator()(const sieve::DuplicateMark&) {}
  /// Redirect, Reject, Vacation, Notify, Report, Pipe: a message that they take away stays.
  template <typename Sending>
  void operator()(const Sending&) {
    listed("never done here");
    keeps_back_ = true;
  }

  FilterPlan finish(const sieve::Outcome& outcome) {
    if (mistaken_) return left_alone();
    if (outcome.implicit_keep && !plan_.stays) (*this)(outcome.keep);
    const bool nowhere = plan_.copies.empty() && !plan_.stays;
    plan_.deletes = nowhere && discards_ && allow_discard_ && !keeps_back_;
    if (nowhere && !plan_.deletes) plan_.stays = true;
    return std::move(plan_);
  }

private:
  FilterPlan left_alone() {
    FilterPlan alone;
    alone.stays = true;
    alone.notes = std::move(plan_.notes);
    return alone;
  }

  void listed(const char* why) { plan_.notes.push_back(describe(*action_) + ": " + why); }

  std::optional<delivery::FolderName> resolve(const sieve::FileInto& into) {
    const auto folder = delivery::FolderName::parse(into.mailbox);
    if (folder && (into.create || world_.has_folder(into.mailbox))) return folder;
    plan_.notes.push_back("fileinto " + quoted(into.mailbox) + ": there is no such folder");
    mistaken_ = true;
    return std::nullopt;
  }

  const delivery::FolderName& here_;
  const RunWorld& world_;
  const bool allow_discard_;
  const sieve::Action* action_ = nullptr;
  FilterPlan plan_;
  bool discards_ = false, keeps_back_ = false, mistaken_ = false;
};

std::string with_flags(std::string text, const sieve::Flags& flags) {
  return flags.empty() ? text : text + ", flags " + sieve::join_flags(flags);
}

} // namespace

FilterPlan filter_plan(const sieve::Outcome& outcome, const delivery::FolderName& here, const RunWorld& world,
                       bool allow_discard) {
  Planner planner(here, world, allow_discard);
  for (const auto& action : outcome.actions) planner.take(action);
  return planner.finish(outcome);
}

std::vector<std::string> words_of(const FilterPlan& plan) {
  std::vector<std::string> words;
  for (const auto& copy : plan.copies)
    words.push_back(with_flags((plan.moves() ? "move to " : "copy to ") + copy.folder.str(), copy.flags));
  if (plan.deletes) words.emplace_back("delete");
  if (plan.stays) words.push_back(with_flags("stay", plan.flags));
  words.insert(words.end(), plan.notes.begin(), plan.notes.end());
  return words;
}

} // namespace tools
