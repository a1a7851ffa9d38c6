// SPDX-License-Identifier: MIT
#include "delivery/resume.h"

#include <algorithm>
#include <utility>

namespace delivery {

Resume::Resume(Intent& intent, const Mailboxes& mailboxes) {
  const auto& places = intent.places();
  // The last first: of two half-written messages in one mbox the second must go before the first.
  for (auto place = places.rbegin(); place != places.rend(); ++place) {
    const auto folder = FolderName::parse(place->folder);
    if (!folder) continue;
    if (auto copy = mailboxes.store(*folder).find(*place, *folder))
      found_.push_back({*place, std::move(copy)});
  }
  std::reverse(found_.begin(), found_.end());
  complete_ = intent.ready() && !places.empty() && found_.size() == places.size();
  if (found_.empty()) intent.forget();
}

std::unique_ptr<Staged> Resume::take(const FolderName& folder, unsigned number) {
  for (auto& [place, copy] : found_)
    if (place.number == number && place.folder == folder.str()) return std::move(copy);
  return nullptr;
}

std::vector<std::unique_ptr<Staged>> Resume::take_all() {
  std::vector<std::unique_ptr<Staged>> all;
  for (auto& found : found_) all.push_back(std::move(found.copy));
  return all;
}

} // namespace delivery
