// SPDX-License-Identifier: MIT
#include "base/unique_name.h"

#include <atomic>
#include <ctime>
#include <unistd.h>

namespace base {

std::string unique_name(const std::string& prefix) {
  static std::atomic<unsigned> counter{0};
  char host[65] = "localhost";
  gethostname(host, sizeof host - 1);
  for (char* c = host; *c; ++c)
    if (*c == '/') *c = '_';
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  return prefix + "." + host + "." + std::to_string(getpid()) + "." + std::to_string(now.tv_sec) + "." +
         std::to_string(now.tv_nsec) + "." + std::to_string(counter++);
}

} // namespace base
