// SPDX-License-Identifier: MIT
// What is wrong with a script, as the tool shows it: where, with the line, why, and what to write instead.
#pragma once

#include "sieve/error.h"
#include "tools/style.h"

#include <string>
#include <string_view>
#include <vector>

namespace tools {

struct Finding {
  sieve::Diagnostic diagnostic;
  std::string_view code;  // the kind of finding, for programs: "unknown-command"
  std::string suggestion; // what to do, empty: nothing is known
  sieve::Position end;    // of the first octet behind what is meant; line 0: unknown
};

/// Headline, source line with a caret where `source` has the line, and the suggestion.
std::string shown(const Finding& finding, std::string_view source, const Style& style);

/// A JSON object on one line, without line end.
std::string json_object(const Finding& finding);

/// The part of `diagnostic` that sieve::format() makes, in colours.
std::string shown(const sieve::Diagnostic& diagnostic, std::string_view source, const Style& style);

} // namespace tools
