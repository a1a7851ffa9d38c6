// SPDX-License-Identifier: MIT
#include "delivery/special_use.h"

#include "base/ascii.h"

#include <string_view>

namespace delivery {

namespace {

struct Custom {
  std::string_view attribute, folder;
};

constexpr Custom customs[] = {
    {"\\Archive", "Archive"},     {"\\Archive", "Archives"},
    {"\\Drafts", "Drafts"},       {"\\Junk", "Junk"},
    {"\\Junk", "Spam"},           {"\\Junk", "Junk E-mail"},
    {"\\Junk", "Junk Email"},     {"\\Sent", "Sent"},
    {"\\Sent", "Sent Messages"},  {"\\Sent", "Sent Items"},
    {"\\Sent", "Sent Mail"},      {"\\Trash", "Trash"},
    {"\\Trash", "Deleted Items"}, {"\\Trash", "Deleted Messages"},
};

} // namespace

std::vector<FolderName> special_use_folders(const Settings& settings, const Annotations& annotations,
                                            const std::string& attribute) {
  auto folders = annotations.folders_with("/private/specialuse", attribute);
  const auto add = [&](std::string_view name) {
    if (const auto folder = FolderName::parse(name)) folders.push_back(*folder);
  };
  bool configured = false;
  for (const auto& use : settings.special_use) {
    if (!base::equal_ignoring_case(use.attribute, attribute)) continue;
    configured = true;
    add(use.folder);
  }
  if (configured) return folders;
  for (const auto& custom : customs)
    if (base::equal_ignoring_case(custom.attribute, attribute)) add(custom.folder);
  return folders;
}

} // namespace delivery
