// SPDX-License-Identifier: MIT
#include "tools/output.h"

#include "base/fd.h"
#include "base/file.h"
#include "base/io.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>

namespace tools {

void write_file(const std::string& path, std::string_view text) {
  base::Fd file = base::open_file(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
  base::write_all(file.get(), text);
  file.close();
}

void print(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stdout); }
void print_error(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stderr); }

bool finish_output() {
  const bool failed_before = std::ferror(stdout) != 0;
  if (std::fflush(stdout) == 0 && !failed_before) return true;
  std::fprintf(stderr, "lastmile-sieve: standard output: %s\n", std::strerror(errno));
  return false;
}

} // namespace tools
