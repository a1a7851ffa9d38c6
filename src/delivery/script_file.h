// SPDX-License-Identifier: MIT
// Scripts as files.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace delivery {

/// The source; nothing if there is no such file. A personal script belongs to the user or to root, and so
/// does a symbolic link that leads to it (ManageSieve servers make ~/.dovecot.sieve one); nobody else may
/// write it. Throws Failure for one that is refused or cannot be read by us, EFBIG over one megabyte, other
/// std::system_error where the machine failed.
std::optional<std::string> read_script(const std::string& path, bool personal);

/// The file itself, or the *.sieve of a directory in byte order.
std::vector<std::string> script_paths(const std::string& path);

} // namespace delivery
