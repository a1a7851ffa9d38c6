// SPDX-License-Identifier: MIT
#include "sieve/error.h"

#include "base/ascii.h"
#include "base/utf8.h"

#include <algorithm>

namespace sieve {

namespace {

constexpr std::size_t longest_shown = 200; // octets of a source line
constexpr std::size_t longest_sentence = 500;

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

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

/// What a person can read of a line, and where the place is in it.
struct Excerpt {
  std::string text;
  std::size_t offset = 0;
};

/// The whole line, or so much of a very long one as stands around the column.
Excerpt excerpt(std::string_view line, unsigned column) {
  const std::size_t offset = std::min<std::size_t>(column > 0 ? column - 1 : 0, line.size());
  if (line.size() <= longest_shown) return {std::string(line), offset};
  std::size_t begin = offset - std::min(offset, longest_shown / 2);
  while (begin > 0 && begin < line.size() && continues(line[begin])) --begin;
  const std::string_view cut = base::truncate_utf8(line.substr(begin), longest_shown);
  const std::string before = begin > 0 ? "..." : "";
  const std::string after = begin + cut.size() < line.size() ? "..." : "";
  return {before + std::string(cut) + after, offset - begin + before.size()};
}

/// Blanks up to the place, tabs kept so that the caret stands under its character on any terminal.
std::string caret_line(const Excerpt& shown) {
  std::string caret;
  for (std::size_t i = 0; i < shown.offset; ++i) {
    if (!continues(shown.text[i])) caret += shown.text[i] == '\t' ? '\t' : ' ';
  }
  return caret + '^';
}

} // namespace

std::string headline(const Diagnostic& diagnostic) {
  std::string text = diagnostic.script;
  if (diagnostic.position.line > 0) {
    text += ':' + std::to_string(diagnostic.position.line) + ':' + std::to_string(diagnostic.position.column);
  }
  text += ": ";
  text += severity_name(diagnostic.severity);
  return text + ": " + base::printable(diagnostic.text);
}

std::string format(const Diagnostic& diagnostic, std::string_view source) {
  const std::string text = headline(diagnostic) + '\n';
  const std::string_view line = source_line(source, diagnostic.position.line);
  if (diagnostic.position.line == 0 || line.empty()) return text;
  Excerpt shown = excerpt(line, diagnostic.position.column);
  std::replace_if(
      shown.text.begin(), shown.text.end(), [](char c) { return base::is_control(c) && c != '\t'; }, '?');
  return text + "  " + shown.text + "\n  " + caret_line(shown) + '\n';
}

std::string sentence(std::string_view text) {
  if (text.size() <= longest_sentence) return std::string(text);
  return std::string(base::truncate_utf8(text, longest_sentence)) + "...";
}

std::size_t count_errors(const Diagnostics& diagnostics) {
  return static_cast<std::size_t>(
      std::count_if(diagnostics.begin(), diagnostics.end(),
                    [](const Diagnostic& d) { return d.severity == Severity::error; }));
}

} // namespace sieve
