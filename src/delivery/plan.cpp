// SPDX-License-Identifier: MIT
#include "delivery/plan.h"

#include "base/ascii.h"

#include <algorithm>
#include <optional>

namespace delivery {

namespace {

/// Where a keep goes: the INBOX, or with `detail-folder` the folder that the address names.
FolderName keep_folder(const Job& job, const Mailboxes& mailboxes) {
  const auto mode = job.settings.detail_folder;
  if (mode == DetailFolder::never || job.account.detail.empty()) return {};
  const auto folder = FolderName::parse(job.account.detail);
  if (!folder) return {};
  return mode == DetailFolder::create || mailboxes.exists(*folder) ? *folder : FolderName();
}

/// Takes the actions in order.
class Planner {
public:
  Planner(const Job& job, const Mailboxes& mailboxes, Plan& plan)
      : job_(job), mailboxes_(mailboxes), plan_(plan) {}

  void take(const sieve::Action& action) {
    action_ = &action;
    std::visit(*this, action.what);
    if (plan_.origin.empty() && action.position.line != 0)
      plan_.origin = action.script + ":" + std::to_string(action.position.line);
  }

  void operator()(const sieve::Keep& keep) {
    says("keep");
    file(keep.message, keep_folder(job_, mailboxes_), keep.flags);
  }

  void operator()(const sieve::FileInto& into) {
    const auto folder = resolve(into);
    if (!folder) return;
    says("fileinto " + folder->str());
    file(into.message, *folder, into.flags);
  }

  /// Kept instead: a message that this recipient's script has redirected before and that comes round, or it
  /// would never stop; and one to be returned when it is late, for sendmail(1) cannot be told (RFC 2852
  /// section 4.1.4: not to be relayed but returned, and it would be returned to this recipient).
  void operator()(const sieve::Redirect& redirect) {
    const bool loop = was_redirected_by(*redirect.message, job_.recipient);
    if (loop || (redirect.by && redirect.by->mode == 'R')) {
      says(loop ? "redirect loop, keep" : "redirect cannot be returned when late, keep");
      file(redirect.message, keep_folder(job_, mailboxes_), {});
      return;
    }
    says("redirect " + redirect.address.str());
    plan_.redirects.push_back(&redirect);
  }

  void operator()(const sieve::Discard&) { says("discard"); }
  void operator()(const sieve::Reject& reject) {
    says(reject.ereject ? "ereject" : "reject");
    plan_.reject = &reject;
  }
  void operator()(const sieve::Vacation&) { later("vacation"); }
  void operator()(const sieve::Notify&) { later("notify"); }
  void operator()(const sieve::Report&) { later("report"); }
  void operator()(const sieve::Pipe& pipe) {
    says("pipe " + pipe.program);
    plan_.pipes.push_back(&pipe);
  }
  void operator()(const sieve::DuplicateMark& mark) { plan_.marks.push_back(&mark); }

private:
  void says(const std::string& word) { plan_.summary += (plan_.summary.empty() ? "" : ", ") + word; }

  void later(const char* word) {
    says(word);
    plan_.afterwards.push_back(action_);
  }

  /// The same octets twice in one folder are one copy (RFC 5228 section 2.10.3).
  void file(const sieve::Snapshot& message, const FolderName& folder, const sieve::Flags& flags) {
    for (const auto& copy : plan_.copies)
      if (copy.message == message && copy.folder == folder) return;
    plan_.copies.push_back({message, folder, flags});
  }

  void mistake(const std::string& text) {
    if (!plan_.problem.empty()) return;
    plan_.problem = action_->script + ":" + std::to_string(action_->position.line) + ": " + text;
  }

  /// Nothing after a mistake().
  std::optional<FolderName> resolve(const sieve::FileInto& into) {
    const auto folder = FolderName::parse(into.mailbox);
    if (!folder)
      mistake("no mailbox can be called \"" + base::printable(into.mailbox) + "\"");
    else if (into.create || mailboxes_.exists(*folder))
      return folder;
    else
      mistake("there is no mailbox \"" + base::printable(into.mailbox) + "\"");
    return std::nullopt;
  }

  const Job& job_;
  const Mailboxes& mailboxes_;
  Plan& plan_;
  const sieve::Action* action_ = nullptr;
};

/// Do the actions hold a copy for the INBOX that came of a keep or fileinto?
bool is_kept(const sieve::Outcome& outcome) {
  for (const auto& action : outcome.actions) {
    if (std::holds_alternative<sieve::Keep>(action.what)) return true;
    const auto* into = std::get_if<sieve::FileInto>(&action.what);
    if (into && base::equal_ignoring_case(into->mailbox, "INBOX")) return true;
  }
  return false;
}

bool keeps_or_cancels(const sieve::Action& action, const std::vector<const sieve::Pipe*>& failed) {
  if (std::holds_alternative<sieve::Keep>(action.what)) return true;
  if (action.copy) return false;
  if (const auto* pipe = std::get_if<sieve::Pipe>(&action.what))
    return std::find(failed.begin(), failed.end(), pipe) == failed.end();
  return std::holds_alternative<sieve::FileInto>(action.what) ||
         std::holds_alternative<sieve::Redirect>(action.what) ||
         std::holds_alternative<sieve::Discard>(action.what);
}

} // namespace

void restore_keep(const Job& job, const sieve::Outcome& outcome, const Mailboxes& mailboxes,
                  const std::vector<const sieve::Pipe*>& failed, Plan& plan) {
  if (failed.empty() || outcome.implicit_keep) return;
  const bool settled = std::any_of(outcome.actions.begin(), outcome.actions.end(),
                                   [&](const auto& action) { return keeps_or_cancels(action, failed); });
  if (!settled)
    plan.copies.push_back({outcome.keep.message, keep_folder(job, mailboxes), outcome.keep.flags});
}

Plan make_plan(const Job& job, const sieve::Outcome& outcome, const Mailboxes& mailboxes) {
  Plan plan;
  Planner planner(job, mailboxes, plan);
  for (const auto& action : outcome.actions) planner.take(action);
  if (outcome.implicit_keep && !is_kept(outcome) && !plan.reject) planner(outcome.keep);
  return plan;
}

Plan keep_plan(const Job& job, sieve::Snapshot message, const Mailboxes& mailboxes) {
  Plan plan;
  plan.copies.push_back({std::move(message), keep_folder(job, mailboxes), {}});
  plan.summary = "keep";
  return plan;
}

} // namespace delivery
