// SPDX-License-Identifier: MIT
#include "sieve/testsuite/dictionary.h"

#include "base/ascii.h"
#include "base/file.h"

namespace sieve::testsuite {

namespace {

/// Octets that cannot stand in a line are written as an octet 1 and a sign.
std::string unescape(std::string_view text) {
  static constexpr std::pair<char, char> signs[] = {
      {'0', '\0'}, {'1', '\1'}, {'t', '\t'}, {'r', '\r'}, {'n', '\n'}};
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char octet = text[i];
    if (octet == '\1' && i + 1 < text.size()) {
      octet = text[++i];
      for (const auto& [sign, meant] : signs) {
        if (sign == text[i]) octet = meant;
      }
    }
    result += octet;
  }
  return result;
}

} // namespace

std::vector<std::pair<std::string, std::string>> read_dictionary(const std::string& path) {
  constexpr std::size_t largest = 1024 * 1024;
  std::vector<std::pair<std::string, std::string>> entries;
  std::string text;
  try {
    text = base::read_whole_file(path, largest);
  } catch (const std::exception&) {
    return entries;
  }
  const auto lines = base::split(text, '\n');
  for (std::size_t i = 0; i < lines.size(); i += 2) {
    const std::string value = i + 1 < lines.size() ? unescape(base::trim(lines[i + 1])) : std::string();
    entries.emplace_back(unescape(base::trim(lines[i])), value);
  }
  return entries;
}

} // namespace sieve::testsuite
