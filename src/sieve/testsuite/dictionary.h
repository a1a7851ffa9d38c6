// SPDX-License-Identifier: MIT
// Dictionaries that settings of a test name: files of alternating lines, key and value.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace sieve::testsuite {

/// In the order of the file; nothing if it cannot be read.
std::vector<std::pair<std::string, std::string>> read_dictionary(const std::string& path);

} // namespace sieve::testsuite
