// SPDX-License-Identifier: MIT
// A message in a Maildir, found by its name whatever a reader has done to it.
#pragma once

#include "delivery/store.h"

#include <memory>
#include <optional>
#include <string>

namespace delivery {

/// The name in `directory` that is `name` with any flags; reads the whole directory. Throws
/// std::system_error.
std::optional<std::string> find_with_flags(int directory, const std::string& name);

/// Store::find() of a Maildir: looks in new/, then cur/.
std::unique_ptr<Staged> find_in_maildir(const Place& place, const FolderName& folder, bool fsync);

} // namespace delivery
