// SPDX-License-Identifier: MIT
// Folders that the mail store does not have, where the store is known.
#include "base/nearest.h"
#include "delivery/folder_name.h"
#include "tools/lint/lint.h"

#include <algorithm>

namespace tools {

namespace {

class Folders {
public:
  explicit Folders(Lint& lint) : lint_(lint) {}

  void check(const sieve::StringLiteral& name, bool can_create) {
    if (!lint_.constant(name)) return;
    const auto folder = delivery::FolderName::parse(name.text);
    if (!folder) {
      lint_.report(name.position, ticked(name.text) + " is no possible name of a folder");
      return;
    }
    const auto& there = *lint_.world().folders;
    if (folder->is_inbox() || std::find(there.begin(), there.end(), folder->str()) != there.end()) return;
    lint_.report(name.position,
                 "there is no folder " + ticked(folder->str()) + " in " + lint_.world().location,
                 suggestion(folder->str(), can_create));
  }

private:
  std::string suggestion(const std::string& name, bool can_create) const {
    const auto& folders = *lint_.world().folders;
    const std::vector<std::string_view> names(folders.begin(), folders.end());
    const auto best = base::nearest(name, names);
    if (!best.empty()) return "did you mean \"" + std::string(best) + "\"?";
    return can_create ? "let fileinto make it, with :create (require \"mailbox\")" : "make the folder";
  }

  Lint& lint_;
};

void missing_folder(Lint& lint) {
  if (!lint.world().folders) return;
  Folders folders(lint);
  each_command(lint.script(), [&](const View& command) {
    for (const auto* tag : {"create", "specialuse", "mailboxid"}) {
      if (command.known && command.tag(tag) != nullptr) return;
    }
    if (command.is("fileinto") && !command.strings(0).empty())
      folders.check(command.strings(0).front(), true);
    const TagView* copy = command.known ? command.tag("fcc") : nullptr;
    if (copy != nullptr && !copy->parameter->strings.empty())
      folders.check(copy->parameter->strings.front(), false);
  });
}

} // namespace

extern const Rule missing_folder_rule;
constinit const Rule missing_folder_rule = {"missing-folder", missing_folder};

} // namespace tools
