// SPDX-License-Identifier: MIT
// Scripts in tests: compile, run on a message, look at the outcome.
#pragma once

#include "sieve/sieve.h"

#include <string>
#include <string_view>

namespace sieve::test {

inline constexpr std::string_view message = "From: Alice <alice@example.org>\n"
                                            "To: bob+lists@example.com, carol@example.net\n"
                                            "Subject: Hello there\n"
                                            "X-Empty:\n"
                                            "\n"
                                            "A short body.\n";

/// The errors of compiling `script`, one line each as "line:column: text"; empty if it is good.
std::string errors_of(const std::string& script);

/// What the script did, one action after the other: "fileinto A [\\Seen]; redirect bob@example.org; keep",
/// then "implicit keep" if that is in force, then "error: ..." for a run-time error.
std::string outcome_of(const std::string& script, std::string_view octets = message,
                       const Host& host = Host(), const MessageEnvelope* envelope = nullptr);

/// Runs `keep` under the test, alone: did it hold? `requires` lists capabilities, comma-separated and quoted.
bool holds(const std::string& requires_list, const std::string& test, std::string_view octets = message);

} // namespace sieve::test
