// SPDX-License-Identifier: MIT
// Encoded words (RFC 2047 section 2, with the language suffix of RFC 2231 section 5).
#pragma once

#include <string>
#include <string_view>

namespace mail {

/// An unfolded text with its encoded words decoded to UTF-8. White space between two of them is dropped;
/// adjacent ones of one charset are converted together, so that a character may be split between them. A word
/// whose syntax is broken or whose charset is unknown stays as it is, and so do all other octets, UTF-8 or
/// not. Words are also found where text touches them and, in Q, with blanks inside: mailers write both.
std::string decode_encoded_words(std::string_view text);

} // namespace mail
