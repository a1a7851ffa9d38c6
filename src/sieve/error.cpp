// SPDX-License-Identifier: MIT
#include "sieve/error.h"

#include "base/ascii.h"

#include <algorithm>

namespace sieve {

namespace {

std::string_view severity_name(Severity severity) {
  switch (severity) {
  case Severity::summary:
  case Severity::error: return "error";
  case Severity::warning: return "warning";
  case Severity::info: break;
  }
  return "info";
}

/// Line `number` (from 1) without its line end; empty if there is none.
std::string_view source_line(std::string_view source, unsigned number) {
  for (; number > 1; --number) {
    const auto end = source.find('\n');
    if (end == std::string_view::npos) return {};
    source.remove_prefix(end + 1);
  }
  source = source.substr(0, source.find('\n'));
  if (!source.empty() && source.back() == '\r') source.remove_suffix(1);
  return source;
}

/// Blanks up to the column, tabs kept so that the caret stands under its character on any terminal.
std::string caret_line(std::string_view line, unsigned column) {
  std::string caret;
  for (std::size_t i = 0; i + 1 < column && i < line.size(); ++i) {
    if ((static_cast<unsigned char>(line[i]) & 0xc0) != 0x80) caret += line[i] == '\t' ? '\t' : ' ';
  }
  return caret + '^';
}

} // namespace

std::string format(const Diagnostic& diagnostic, std::string_view source) {
  std::string text = diagnostic.script;
  if (diagnostic.position.line > 0) {
    text += ':' + std::to_string(diagnostic.position.line) + ':' + std::to_string(diagnostic.position.column);
  }
  text += ": ";
  text += severity_name(diagnostic.severity);
  text += ": " + base::printable(diagnostic.text) + '\n';
  const std::string_view line = source_line(source, diagnostic.position.line);
  if (diagnostic.position.line == 0 || line.empty()) return text;
  std::string shown(line);
  std::replace_if(
      shown.begin(), shown.end(), [](char c) { return base::is_control(c) && c != '\t'; }, '?');
  return text + "  " + shown + "\n  " + caret_line(line, diagnostic.position.column) + '\n';
}

std::size_t count_errors(const Diagnostics& diagnostics) {
  return static_cast<std::size_t>(
      std::count_if(diagnostics.begin(), diagnostics.end(),
                    [](const Diagnostic& d) { return d.severity == Severity::error; }));
}

} // namespace sieve
