// SPDX-License-Identifier: MIT
// Confining a process for good: Landlock for what it may reach of the filesystem, the network and other
// processes, seccomp for the system calls it may make. No rights are needed for either, and neither can be
// undone.
#pragma once

#include "base/fd.h"

#include <cstdint>
#include <string>

namespace base {

/// What may be done with a file or directory and everything below it. Directories can be looked at (stat),
/// whatever the rules.
enum class Access {
  read,      // files read, directories listed
  tree,      // a Maildir: everything but executing and special files
  file,      // one file that exists: read, written, truncated
  lock_files // a directory: files made, written and removed, none read
};

/// The rules while they are gathered. Where the kernel lacks Landlock it does nothing.
class Sandbox {
public:
  Sandbox(); // throws std::system_error when the kernel has Landlock and refuses it
  /// A path that is not there, or not to be opened, allows nothing. Links are followed: what is allowed is
  /// the file that the path leads to now. Throws std::system_error.
  void allow(const std::string& path, Access access) const;
  void allow(const Fd& file, Access access) const; // opened with O_PATH, or in any other way
  /// Enforces the rules and the list of system calls on this thread and what it will start. Throws
  /// std::system_error.
  void enforce() const;

  /// What of it this kernel cannot do, in a few words for the log; empty if it can do everything that
  /// matters.
  static std::string missing();

private:
  Fd rules_; // none: no Landlock
};

} // namespace base
