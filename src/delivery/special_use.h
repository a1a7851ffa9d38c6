// SPDX-License-Identifier: MIT
// Which folders are for what (RFC 6154, RFC 8579).
#pragma once

#include "delivery/annotations.h"
#include "delivery/folder_name.h"
#include "delivery/settings.h"

#include <string>
#include <vector>

namespace delivery {

/// The folders that carry an attribute ("\\Junk", its case ignored) if they exist, the best first: those with
/// the annotation /private/specialuse (RFC 6154 section 4), then those of the setting `special-use`, or,
/// where it does not speak of the attribute, those that mail programs make by custom.
std::vector<FolderName> special_use_folders(const Settings& settings, const Annotations& annotations,
                                            const std::string& attribute);

} // namespace delivery
