// SPDX-License-Identifier: MIT
#include "base/limits.h"

#include "base/error.h"

#include <algorithm>
#include <csignal>
#include <sys/resource.h>

namespace base {

namespace {

// __rlimit_resource_t is glibc's own name for what is an int elsewhere.
template <typename Resource>
void lower(Resource resource, std::optional<std::uint64_t> value, const char* name) {
  if (!value) return;
  // SIGXCPU comes at the soft limit, SIGKILL at the hard one: a second between them keeps the two apart.
  rlimit limit{*value, resource == RLIMIT_CPU ? *value + 1 : *value};
  rlimit before{};
  const bool set = ::prlimit(0, resource, &limit, &before) == 0;
  if (!set && ::getrlimit(resource, &before) != 0) throw_errno(name);
  if (set && before.rlim_cur >= limit.rlim_cur && before.rlim_max >= limit.rlim_max) return;
  // A limit that was lower stays so.
  limit = {std::min(before.rlim_cur, limit.rlim_cur), std::min(before.rlim_max, limit.rlim_max)};
  if (::setrlimit(resource, &limit) != 0) throw_errno(name);
}

} // namespace

void set_limits(const ResourceLimits& limits) {
  lower(RLIMIT_CPU, limits.cpu_seconds, "RLIMIT_CPU");
  lower(RLIMIT_AS, limits.memory_octets, "RLIMIT_AS");
  lower(RLIMIT_NOFILE, limits.open_files, "RLIMIT_NOFILE");
  lower(RLIMIT_NPROC, limits.processes, "RLIMIT_NPROC");
  lower(RLIMIT_CORE, limits.core_octets, "RLIMIT_CORE");
  if (limits.file_octets) {
    ::signal(SIGXFSZ, SIG_IGN); // so that write(2) fails with EFBIG, which becomes a reply
    lower(RLIMIT_FSIZE, limits.file_octets, "RLIMIT_FSIZE");
  }
}

} // namespace base
