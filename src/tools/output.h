// SPDX-License-Identifier: MIT
// What the tool says, on standard output and standard error.
#pragma once

#include <string>
#include <string_view>

namespace tools {

void print(std::string_view text);
void print_error(std::string_view text);
/// False, with a message, if something of the output was lost: a full disk, a closed pipe.
bool finish_output();

/// Makes the file anew. Throws std::system_error.
void write_file(const std::string& path, std::string_view text);

} // namespace tools
