// SPDX-License-Identifier: MIT
// Resource limits of a process (setrlimit(2)). They only go down: a limit that is lower already stays.
#pragma once

#include <cstdint>
#include <optional>

namespace base {

struct ResourceLimits {
  std::optional<std::uint64_t> cpu_seconds = {};   // SIGXCPU at it
  std::optional<std::uint64_t> memory_octets = {}; // address space; beyond it malloc fails
  std::optional<std::uint64_t> file_octets = {};   // of one file written; EFBIG beyond, as SIGXFSZ is ignored
  std::optional<std::uint64_t> open_files = {};
  std::optional<std::uint64_t> processes = {};  // of the user; beyond it fork fails. Not for root
  std::optional<std::uint64_t> core_octets = 0; // a core file would hold the mail
};

/// Sets those that are given, soft and hard, for this process and its children. Throws std::system_error.
void set_limits(const ResourceLimits& limits);

} // namespace base
