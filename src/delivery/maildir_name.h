// SPDX-License-Identifier: MIT
// Names of files in a Maildir: unique on every host, with both sizes, with flags.
#pragma once

#include "sieve/action.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <sys/types.h>

namespace delivery {

struct MaildirFile {
  dev_t device = 0;
  ino_t inode = 0;
  std::size_t size = 0;      // on disk: ,S=
  std::size_t crlf_size = 0; // as IMAP counts: ,W=
};

/// "sec.M<usec>P<pid>Q<n>V<dev>I<ino>.host,S=<size>,W=<crlf size>", another one at every call.
std::string maildir_name(const std::string& host, const MaildirFile& file);

/// The letters of the system flags among `flags` and those of `keywords`, in ASCII order; empty if none.
std::string maildir_flags(const sieve::Flags& flags, const std::string& keywords);

/// The system flags among the letters of a name.
sieve::Flags system_flags_of(std::string_view letters);

/// Those that are no system flags.
sieve::Flags keywords_among(const sieve::Flags& flags);

} // namespace delivery
