// SPDX-License-Identifier: MIT
#include "dialogue.h"

#include "base/ascii.h"
#include "base/file.h"

#include <optional>
#include <stdexcept>
#include <string_view>

namespace {

/// What stands after a backslash; removes it from `text`.
std::optional<std::string> take_escape(std::string_view& text) {
  const char kind = text.empty() ? '\0' : text.front();
  if (!text.empty()) text.remove_prefix(1);
  switch (kind) {
  case 'r': return "\r";
  case 'n': return "\n";
  case 't': return "\t";
  case '0': return std::string(1, '\0');
  case '\\': return "\\";
  case 'x': {
    if (text.size() < 2) return std::nullopt;
    const int octet = base::hex_value(text[0]) * 16 + base::hex_value(text[1]);
    text.remove_prefix(2);
    if (octet < 0) return std::nullopt;
    return std::string(1, static_cast<char>(static_cast<unsigned char>(octet)));
  }
  case '{': { // {COUNT*TEXT}
    const auto end = text.find('}');
    const auto star = text.find('*');
    if (end == std::string_view::npos || star > end) return std::nullopt;
    const auto count = base::parse_number(text.substr(0, star));
    if (!count || *count > 10000000) return std::nullopt;
    std::string repeated;
    for (std::uint64_t i = 0; i < *count; ++i) repeated += text.substr(star + 1, end - star - 1);
    text.remove_prefix(end + 1);
    return repeated;
  }
  default: return std::nullopt;
  }
}

std::optional<std::string> unescaped(std::string_view text) {
  std::string octets;
  while (!text.empty()) {
    const char c = text.front();
    text.remove_prefix(1);
    if (c != '\\') {
      octets += c;
      continue;
    }
    const auto escape = take_escape(text);
    if (!escape) return std::nullopt;
    octets += *escape;
  }
  return octets;
}

std::optional<Step> read_step(std::string_view line, int number) {
  const std::string_view mark = line.substr(0, 2);
  std::string_view rest = line.size() > 2 ? line.substr(2) : std::string_view();
  if (rest.starts_with(' ')) rest.remove_prefix(1);
  auto text = unescaped(rest);
  if (!text) return std::nullopt;
  if (mark == "C:") return Step{Step::Kind::send, *text + "\r\n", number};
  if (mark == "C>") return Step{Step::Kind::send, *text, number};
  if (mark == "S:") return Step{Step::Kind::expect, *text, number};
  if (mark == "M:") return Step{Step::Kind::message, *text, number};
  if (mark == "E:" && text->empty()) return Step{Step::Kind::close, "", number};
  if (mark == "X:" && base::parse_number(*text)) return Step{Step::Kind::status, *text, number};
  return std::nullopt;
}

} // namespace

Dialogue read_dialogue(const std::string& file) {
  const std::string content = base::read_whole_file(file, 1U << 20);
  Dialogue dialogue;
  int number = 0;
  for (const auto line : base::split(content, '\n')) {
    ++number;
    if (line.empty() || line.starts_with('#')) continue;
    if (line.starts_with("O:")) {
      const auto setting = base::trim(line.substr(2));
      const auto equals = std::min(setting.find('='), setting.size() - 1);
      dialogue.options.emplace_back(setting.substr(0, equals), setting.substr(equals + 1));
      continue;
    }
    const auto step = read_step(line, number);
    if (!step) throw std::runtime_error(file + ':' + std::to_string(number) + ": cannot be read");
    dialogue.steps.push_back(*step);
  }
  return dialogue;
}

bool matches(const std::string& expected, const std::string& line) {
  if (!expected.ends_with("...")) return expected == line;
  return line.starts_with(std::string_view(expected).substr(0, expected.size() - 3));
}
