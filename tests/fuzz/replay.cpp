// SPDX-License-Identifier: MIT
// Runs a target on every file of a directory: what was found once stays found.
#include "fuzz.h"

#include "base/file.h"
#include "base/io.h"

#include <algorithm>
#include <cstdio>
#include <fcntl.h>
#include <filesystem>
#include <string>
#include <vector>

int main(int argc, char** argv) {
  std::vector<std::filesystem::path> files;
  for (int i = 1; i < argc; ++i)
    for (const auto& entry : std::filesystem::directory_iterator(argv[i])) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  for (const auto& path : files) {
    std::fprintf(stderr, "%s\n", path.c_str()); // the last one printed is the one it died of
    const auto file = base::open_if_exists(path, O_RDONLY);
    const std::string octets = base::read_all(file->get(), std::size_t{16} << 20);
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(octets.data()), octets.size());
  }
  std::printf("%zu passed, 0 failed\n", files.size());
  return files.empty() ? 1 : 0;
}
