// SPDX-License-Identifier: MIT
// A script's outcome for a message that is in a mailbox already: keep is to stay where it is, mail is never
// sent.
#pragma once

#include "delivery/folder_name.h"
#include "sieve/action.h"
#include "tools/run_host.h"

#include <string>
#include <vector>

namespace tools {

struct FilterCopy {
  delivery::FolderName folder;
  sieve::Flags flags;
  sieve::Snapshot message;
};

struct FilterPlan {
  bool stays = false;             // the original is not taken out of its folder
  bool deletes = false;           // the script discards it
  sieve::Flags flags;             // more flags for it where it stays
  std::vector<FilterCopy> copies; // in other folders
  std::vector<std::string> notes; // what is listed only: mail that is not sent, mistakes

  bool moves() const { return !stays && copies.size() == 1; }
  bool changes() const { return deletes || !copies.empty() || !flags.empty() || !stays; }
};

/// `here` is the message's folder. A mistake about a folder leaves the message where it is, as it is.
FilterPlan filter_plan(const sieve::Outcome& outcome, const delivery::FolderName& here, const RunWorld& world,
                       bool allow_discard);

/// What the plan does with the original and its copies, one line each, for the summary.
std::vector<std::string> words_of(const FilterPlan& plan);

} // namespace tools
