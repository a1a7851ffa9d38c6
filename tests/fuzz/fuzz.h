// SPDX-License-Identifier: MIT
// What the targets share. A target is a file with one LLVMFuzzerTestOneInput: libFuzzer calls it with what it
// invents, replay.cpp with the files of the corpus.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace fuzz {

inline std::string_view text(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

/// What has to hold for every input. Ends the process: that is how a fuzzer hears of it.
inline void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

} // namespace fuzz
