// SPDX-License-Identifier: MIT
#pragma once

#include "delivery/mbox_file.h"

#include <memory>

namespace delivery {

/// Store::find() of an mbox: the octets at the place's offset, if they are those that were announced. A
/// message that was never written to its end is truncated away, as its writer would have done, if nothing
/// came behind it.
std::unique_ptr<Staged> find_in_mbox(std::shared_ptr<MboxFile> file, const Place& place,
                                     const FolderName& folder, bool fsync);

} // namespace delivery
