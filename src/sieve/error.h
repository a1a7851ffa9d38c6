// SPDX-License-Identifier: MIT
// What is wrong with a script, and where.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace sieve {

/// Line and column count from 1, the column in octets. Line 0: no place (the script as a whole).
struct Position {
  unsigned line = 0;
  unsigned column = 0;
};

/// A script's mistake met while it runs (RFC 5228 section 2.10.6): evaluation of this script ends, mail is
/// kept.
class ScriptError : public std::runtime_error {
public:
  ScriptError(Position where, const std::string& text) : std::runtime_error(text), position(where) {}
  Position position;
};

/// summary: closes the errors of a script that did not compile; a tool that shows the errors needs no such
/// line.
enum class Severity { error, warning, info, summary };

struct Diagnostic {
  Severity severity = Severity::error;
  std::string script; // its name, for people
  Position position;
  std::string text; // one sentence without a final dot
};

/// "name:3:14: error: text": one line, without its end.
std::string headline(const Diagnostic& diagnostic);

/// The headline, followed by the source line and a caret under the column when `source` has that
/// line.
std::string format(const Diagnostic& diagnostic, std::string_view source);

/// The text of an error, cut where it quotes something very long of a script.
std::string sentence(std::string_view text);

using Diagnostics = std::vector<Diagnostic>;

std::size_t count_errors(const Diagnostics& diagnostics);

} // namespace sieve
