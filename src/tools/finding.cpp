// SPDX-License-Identifier: MIT
#include "tools/finding.h"

#include "base/ascii.h"
#include "tools/json.h"

namespace tools {

namespace {

std::string_view severity_name(sieve::Severity severity) {
  if (severity == sieve::Severity::error) return "error";
  return severity == sieve::Severity::warning ? "warning" : "info";
}

Style::Code colour(sieve::Severity severity) {
  if (severity == sieve::Severity::error) return Style::red;
  return severity == sieve::Severity::warning ? Style::magenta : Style::cyan;
}

std::string number(std::string_view name, unsigned value) {
  return ",\"" + std::string(name) + "\":" + std::to_string(value);
}

std::string text(std::string_view name, std::string_view value) {
  return ",\"" + std::string(name) + "\":" + json_string(value);
}

} // namespace

std::string shown(const sieve::Diagnostic& diagnostic, std::string_view source, const Style& style) {
  const std::string plain = sieve::format(diagnostic, source);
  const std::string label = std::string(severity_name(diagnostic.severity)) + ':';
  const auto at = plain.find(": " + label + ' ', diagnostic.script.size()) + 2;
  const auto line_end = plain.find('\n');
  const auto message = at + label.size();
  std::string result = style(Style::bold, plain.substr(0, at)) + style(colour(diagnostic.severity), label) +
                       style(Style::bold, plain.substr(message, line_end - message)) + '\n';
  const auto caret = plain.rfind('^');
  if (line_end + 1 == plain.size()) return result;
  return result + plain.substr(line_end + 1, caret - line_end - 1) + style(Style::green, "^") + '\n';
}

std::string shown(const Finding& finding, std::string_view source, const Style& style) {
  std::string result = shown(finding.diagnostic, source, style);
  if (finding.suggestion.empty()) return result;
  return result + "  " + style(Style::cyan, "suggestion:") + ' ' + base::printable(finding.suggestion) + '\n';
}

std::string json_object(const Finding& finding) {
  const auto& diagnostic = finding.diagnostic;
  return "{\"file\":" + json_string(diagnostic.script) + number("line", diagnostic.position.line) +
         number("column", diagnostic.position.column) + number("end_line", finding.end.line) +
         number("end_column", finding.end.column) + text("severity", severity_name(diagnostic.severity)) +
         text("code", finding.code) + text("message", diagnostic.text) +
         text("suggestion", finding.suggestion) + '}';
}

} // namespace tools
