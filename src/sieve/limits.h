// SPDX-License-Identifier: MIT
// Every bound that a script meets. Reaching one is an error of the script; the mail is kept.
#pragma once

#include <cstddef>
#include <cstdint>

namespace sieve {

struct Limits {
  std::size_t script_size = 1024 * 1024; // octets of one script
  std::size_t errors = 100;              // diagnostics of one compilation
  // Fixed by what existing test files expect (RFC 5228 section 2.10.5 demands at least 15 nested tests and
  // blocks).
  std::size_t arguments = 32;
  std::size_t nested_tests = 32;
  std::size_t nested_blocks = 32;
  std::size_t identifier_length = 32;
  std::size_t nested_loops = 4; // RFC 5703 section 3
  std::size_t variables = 255;
  std::size_t variable_name_length = 64;
  std::size_t match_values = 32;
  std::size_t variable_size = 4096;    // octets; longer values are cut
  std::size_t text_size = 1024 * 1024; // octets that a string may have once its variables are put in
  std::size_t includes = 255;
  std::size_t include_depth = 10;
  std::size_t included_size = 4 * 1024 * 1024; // octets of all included scripts
  std::size_t actions = 32;
  std::size_t redirects = 4;
  std::size_t notifications = 10;
  std::uint64_t steps = 1'000'000; // commands and tests run
  std::uint64_t work =
      120'000'000; // of one run, see Execution::spend_work; 2 more for each octet of the message
  std::uint32_t cpu_seconds = 0;         // of one run; 0: no limit but that of the process
  std::uint32_t regex_steps = 1'000'000; // of one match, 8 more for each octet
};

} // namespace sieve
