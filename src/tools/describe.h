// SPDX-License-Identifier: MIT
// Actions and edits in words, for people.
#pragma once

#include "sieve/action.h"

#include <string>
#include <string_view>

namespace tools {

/// `text` in double quotes, control characters as \xNN, what is no UTF-8 replaced.
std::string quoted(std::string_view text);

/// One line without its end: `fileinto "Lists", creating it, flags \Seen`. A refusal's text is not in it.
std::string describe(const sieve::Action& action);
std::string describe_keep(const sieve::Flags& flags);

/// The message that an action stores or sends on; null if it has none.
sieve::Snapshot message_of(const sieve::Action& action);
/// The mail that an action makes; null if it makes none.
const sieve::OutgoingMail* mail_of(const sieve::Action& action);

/// Header fields that `message` has more ("+ ...") or less ("- ...") than the original, and whether its body
/// is another: a line each.
std::string edits(const mail::EditedMessage& original, const mail::EditedMessage& message);

/// Every line of `text` behind `prefix`, LF at its end; CR is dropped, other control characters are shown.
std::string indented(std::string_view text, std::string_view prefix);

} // namespace tools
