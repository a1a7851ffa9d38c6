// SPDX-License-Identifier: MIT
// What a reader sees of HTML, for tests that look into mail.
#pragma once

#include <string>
#include <string_view>

namespace mail {

/// The text of UTF-8 HTML: markup, comments, scripts, styles and the title dropped, entities resolved, white
/// space collapsed to single blanks, a line break (LF) where a block or <br> makes one, none at either end.
/// Never fails, reads any octets; time is linear.
std::string html_to_text(std::string_view html);

} // namespace mail
