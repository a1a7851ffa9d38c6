// SPDX-License-Identifier: MIT
#include "delivery/keywords.h"

#include "base/ascii.h"
#include "base/fd.h"
#include "base/file.h"
#include "base/io.h"
#include "base/lock.h"
#include "delivery/attempt.h"
#include "delivery/maildir_folder.h"
#include "delivery/maildir_name.h"

#include <algorithm>
#include <array>
#include <fcntl.h>
#include <system_error>

namespace delivery {

namespace {

constexpr std::size_t most_keywords = 26;
using Table = std::array<std::string, most_keywords>; // index is letter; empty: free

bool is_keyword(const std::string& name) { // an atom of IMAP, short enough for a line
  if (name.empty() || name.size() > 200) return false;
  for (const char c : name)
    if (base::is_control(c) || std::string_view(" (){%*\"\\]").find(c) != std::string_view::npos)
      return false;
  return true;
}

constexpr const char* file_name = "dovecot-keywords";

Table read_table(int directory) {
  Table table;
  const auto fd = base::open_if_exists_at(directory, file_name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  if (!fd) return table;
  const std::string text = base::read_all(fd->get(), 64 * 1024);
  for (const auto line : base::split(text, '\n')) {
    const auto blank = line.find(' ');
    if (blank == std::string_view::npos) continue;
    const auto index = base::parse_number(line.substr(0, blank));
    if (index && *index < most_keywords) table[*index] = line.substr(blank + 1);
  }
  return table;
}

/// Replaced by rename, never written in place: readers take no lock.
void write_table(int directory, const Table& table) {
  std::string text;
  for (std::size_t i = 0; i < table.size(); ++i)
    if (!table[i].empty()) text += std::to_string(i) + " " + table[i] + "\n";
  replace_in_maildir(directory, file_name, text, true);
}

/// The letter of a keyword, '\0' if it has none. With `add` a free one is taken.
char letter_for(Table& table, const std::string& keyword, bool add) {
  for (std::size_t i = 0; i < table.size(); ++i)
    if (base::equal_ignoring_case(table[i], keyword)) return static_cast<char>('a' + i);
  for (std::size_t i = 0; add && i < table.size(); ++i) {
    if (!table[i].empty()) continue;
    table[i] = keyword;
    return static_cast<char>('a' + i);
  }
  return '\0';
}

std::string known_letters(Table& table, const sieve::Flags& keywords) {
  std::string letters;
  for (const auto& keyword : keywords)
    if (const char letter = letter_for(table, keyword, false)) letters += letter;
  return letters;
}

std::string letters_adding(int directory, const std::string& path, const sieve::Flags& keywords) {
  const auto read = [&] {
    return base::retry_if_stale(path + "/" + file_name, [&] { return read_table(directory); });
  };
  Table table = read();
  std::string letters = known_letters(table, keywords);
  if (letters.size() == keywords.size()) return letters;
  const auto lock = base::Dotlock::lock("dovecot-uidlist.lock", std::chrono::seconds(5),
                                        std::chrono::seconds(120), directory);
  if (!lock) throw std::system_error(ETIMEDOUT, std::generic_category(), "lock " + path);
  table = read();
  letters.clear();
  for (const auto& keyword : keywords)
    if (const char letter = letter_for(table, keyword, true)) letters += letter;
  write_table(directory, table);
  return letters;
}

} // namespace

std::string keyword_letters(int folder, const std::string& path, const sieve::Flags& keywords) {
  sieve::Flags possible;
  for (const auto& keyword : keywords)
    if (is_keyword(keyword)) possible.push_back(keyword);
  if (possible.empty()) return {};
  std::string letters;
  attempt("keywords are not stored", [&] { letters = letters_adding(folder, path, possible); });
  return letters;
}

sieve::Flags flags_of_letters(int folder, std::string_view letters) {
  const auto is_keyword_letter = [](char c) { return c >= 'a' && c <= 'z'; };
  sieve::Flags flags = system_flags_of(letters);
  if (std::none_of(letters.begin(), letters.end(), is_keyword_letter)) return flags;
  const Table table = read_table(folder);
  for (const char c : letters) {
    if (!is_keyword_letter(c)) continue;
    const auto& name = table[static_cast<std::size_t>(c - 'a')];
    if (!name.empty()) flags.push_back(name);
  }
  return flags;
}

} // namespace delivery
