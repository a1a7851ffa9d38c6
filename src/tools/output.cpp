// SPDX-License-Identifier: MIT
#include "tools/output.h"

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace tools {

void print(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stdout); }
void print_error(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stderr); }

bool finish_output() {
  const bool failed_before = std::ferror(stdout) != 0;
  if (std::fflush(stdout) == 0 && !failed_before) return true;
  std::fprintf(stderr, "lastmile-sieve: standard output: %s\n", std::strerror(errno));
  return false;
}

} // namespace tools
