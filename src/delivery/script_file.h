// SPDX-License-Identifier: MIT
// Scripts as files.
#pragma once

#include "base/fd.h"

#include <optional>
#include <string>
#include <vector>

namespace delivery {

/// What the path leads to, opened; nothing if that is not there. `home` is that of the user whose script it
/// is: then links may lead neither out of it nor, for a path elsewhere, out of the path's own directory.
/// Empty for a script of the site's, whose links may lead anywhere. Throws Failure for a link that leads out,
/// std::system_error.
std::optional<base::Fd> open_script(const std::string& path, const std::string& home, int flags);

/// The source; nothing if there is no such file. A personal script (one with a `home`) belongs to the user or
/// to root, and so does a symbolic link that leads to it (ManageSieve servers make ~/.dovecot.sieve one);
/// nobody else may write it. Throws Failure for one that is refused or cannot be read by us, EFBIG over one
/// megabyte, other std::system_error where the machine failed.
std::optional<std::string> read_script(const std::string& path, const std::string& home);

/// The file itself, or the *.sieve of a directory in byte order.
std::vector<std::string> script_paths(const std::string& path);
/// The same, none if the path leads nowhere.
std::vector<std::string> scripts_there(const std::string& path);
/// The symbolic links in a directory; none if it is none.
std::vector<std::string> links_in(const std::string& path);

} // namespace delivery
