// SPDX-License-Identifier: MIT
// Scripts: no text may do more than be refused.
#include "fuzz.h"

#include "sieve/sieve.h"

using fuzz::require;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const sieve::Host host;
  sieve::Diagnostics diagnostics;
  const auto script =
      sieve::compile(std::string(fuzz::text(data, size)), {.name = "fuzz", .host = &host}, diagnostics);
  require(script != nullptr || !diagnostics.empty(), "a refusal has its reason");
  return 0;
}
