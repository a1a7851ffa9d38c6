// SPDX-License-Identifier: MIT
#include "tools/style.h"

#include <cstdlib>
#include <unistd.h>

namespace tools {

Style Style::of(int descriptor) {
  const auto variable = [](const char* name) {
    const char* value = std::getenv(name);
    return std::string_view(value != nullptr ? value : "");
  };
  const bool wanted = variable("NO_COLOR").empty() && variable("TERM") != "dumb";
  return Style(wanted && ::isatty(descriptor) == 1);
}

std::string Style::operator()(Code code, std::string_view text) const {
  if (!colours_) return std::string(text);
  return "\x1b[" + std::to_string(static_cast<int>(code)) + 'm' + std::string(text) + "\x1b[0m";
}

} // namespace tools
