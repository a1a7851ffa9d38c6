// SPDX-License-Identifier: MIT
// Small texts that users and administrators write by hand: lists of addresses, annotations.
#pragma once

#include "delivery/account.h"

#include <cstddef>
#include <optional>
#include <string>

namespace delivery {

/// The text of a regular file; nothing if there is none. Below the recipient's home no symbolic link is
/// followed (one among the directories is as if nothing were there), and the file belongs to the user or to
/// root; nowhere may it be written by everybody. Throws Failure for a file that is refused or is no UTF-8
/// text, std::system_error (EFBIG: more than `limit` octets). To be called as the recipient alone.
std::optional<std::string> read_user_text(const std::string& path, const Account& account, std::size_t limit);

} // namespace delivery
