// SPDX-License-Identifier: MIT
// Colours and weights of what a terminal shows; plain text everywhere else.
#pragma once

#include <string>
#include <string_view>

namespace tools {

class Style {
public:
  /// Codes of ECMA-48 "select graphic rendition".
  enum Code { bold = 1, faint = 2, red = 31, green = 32, yellow = 33, magenta = 35, cyan = 36 };

  /// Without colours.
  Style() = default;
  explicit Style(bool colours) : colours_(colours) {}
  /// Colours where the descriptor is a terminal that is not "dumb", and the environment has no NO_COLOR
  /// (https://no-color.org).
  static Style of(int descriptor);

  std::string operator()(Code code, std::string_view text) const;

private:
  bool colours_ = false;
};

} // namespace tools
