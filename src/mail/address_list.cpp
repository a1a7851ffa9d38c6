// SPDX-License-Identifier: MIT
// The address-list of a header field, RFC 5322 section 3.4 with the obsolete forms of section 4.4. One pass,
// no recursion, no going back except over an entry that cannot be read, so that the time is linear whatever
// comes.
#include "mail/address.h"

#include "mail/address_syntax.h"
#include "mail/header.h"

namespace mail {

namespace {

/// What stands before '<', '@' or ':': a display name, a local part or a group's name, which only the next
/// character tells.
struct Words {
  std::string phrase; // the words with one blank between them
  std::string local;  // the words as a local part
  bool is_local = true;
  bool empty = true;
};

constexpr bool ends_phrase(char c) { return std::string_view("<>@,;:\"(").find(c) != std::string_view::npos; }
constexpr bool is_separator(char c) { return c == ',' || c == ';'; }
constexpr bool is_dot_atext(char c) { return c == '.' || is_atext(c); }

class ListReader {
public:
  explicit ListReader(std::string_view text) : text_(text) {}

  std::vector<HeaderAddress> read(std::size_t limit) {
    std::vector<HeaderAddress> found;
    while (found.size() < limit) {
      while (!at_end() && (base::is_space(peek()) || is_separator(peek()))) ++position_;
      if (at_end()) break;
      read_entry(found);
    }
    return found;
  }

private:
  enum class Entry { address, nothing, broken };

  bool at_end() const { return position_ >= text_.size(); }
  bool at_entry_end() const { return at_end() || is_separator(text_[position_]); }
  char peek() const { return at_end() ? '\0' : text_[position_]; }
  bool at(char c) const { return !at_end() && text_[position_] == c; }
  bool take(char c) {
    if (!at(c)) return false;
    ++position_;
    return true;
  }

  void read_entry(std::vector<HeaderAddress>& found) {
    const std::size_t start = position_;
    HeaderAddress entry;
    const Entry kind = read_mailbox(entry);
    if (kind == Entry::nothing) return;
    if (kind == Entry::broken) {
      skip_to_separator();
      entry = {};
      entry.valid = false;
    }
    entry.raw = base::trim(text_.substr(start, position_ - start));
    found.push_back(std::move(entry));
  }

  Entry read_mailbox(HeaderAddress& entry) {
    const Words words = read_words();
    if (take(':')) return words.empty ? Entry::broken : Entry::nothing; // a group: its members are entries
    if (at_entry_end()) return words.empty ? Entry::nothing : Entry::broken;
    std::string name = words.phrase;
    if (take('@')) {
      entry.address.local_part = words.local;
      const bool good = !words.empty && words.is_local && read_domain(entry.address.domain);
      skip_comments();
      if (good && at_entry_end()) return Entry::address;
      if (!good || !at('<')) return Entry::broken;
      name += '@' + entry.address.domain; // a@b <a@b>: no phrase by the letter, but common
    }
    if (!take('<') || !read_angle_address(entry.address)) return Entry::broken;
    skip_comments();
    if (!at_entry_end()) return Entry::broken;
    entry.display_name = decode_header(name);
    return Entry::address;
  }

  /// After '<', up to and with '>'.
  bool read_angle_address(Address& address) {
    address = {};
    skip_comments();
    if (take('>')) return true; // Return-Path: <>
    if ((at('@') || at(',')) && !read_route()) return false;
    const Words words = read_words();
    address.local_part = words.local;
    if (words.empty || !words.is_local || !take('@') || !read_domain(address.domain)) return false;
    skip_comments();
    return take('>');
  }

  bool read_route() {
    std::string ignored;
    for (;;) {
      skip_comments();
      if (take(':')) return true;
      if (take(',')) continue;
      if (!take('@') || !read_domain(ignored)) return false;
    }
  }

  Words read_words() {
    Words words;
    bool after_dot = true; // of a local part two words need a dot between them
    for (skip_comments(); !at_end(); skip_comments()) {
      std::string word;
      const bool quoted = at('"');
      if (quoted) {
        words.is_local = read_quoted(word) && words.is_local && after_dot;
        after_dot = false;
      } else {
        if (ends_phrase(peek())) break;
        word = text_.substr(position_, end_of(text_.substr(position_), is_in_word));
        position_ += word.size();
        const bool dotted = after_dot || word.front() == '.';
        words.is_local = words.is_local && dotted && end_of(word, is_dot_atext) == word.size();
        after_dot = word.back() == '.';
      }
      if (!words.empty) words.phrase += ' ';
      words.phrase += word;
      if (words.is_local) words.local += word;
      words.empty = false;
    }
    return words;
  }

  static bool is_in_word(char c) { return !base::is_space(c) && !ends_phrase(c); }

  /// False when the closing quote is missing; everything is read then.
  bool read_quoted(std::string& content) {
    for (++position_; !at_end(); ++position_) {
      if (take('"')) return true;
      if (at('\\') && position_ + 1 < text_.size()) ++position_;
      content += text_[position_];
    }
    return false;
  }

  bool read_domain(std::string& domain) {
    domain.clear();
    skip_comments();
    if (at('[')) {
      const auto end = end_of_literal(text_.substr(position_));
      domain = text_.substr(position_, end);
      position_ += end;
      return end > 0;
    }
    do { // obsolete: blanks and comments around the dots
      const auto end = end_of(text_.substr(position_), is_dot_atext);
      if (end == 0) return false;
      domain += text_.substr(position_, end);
      position_ += end;
      skip_comments();
    } while (at('.') || (domain.back() == '.' && is_dot_atext(peek())));
    return has_no_empty_label(domain);
  }

  /// CFWS. A comment without an end is one up to the end of the text.
  void skip_comments() {
    while (!at_end() && (base::is_space(peek()) || at('('))) {
      if (at('('))
        skip_comment();
      else
        ++position_;
    }
  }

  void skip_comment() {
    std::size_t depth = 0;
    for (; !at_end(); ++position_) {
      if (at('\\') && position_ + 1 < text_.size())
        ++position_;
      else if (at('('))
        ++depth;
      else if (at(')') && --depth == 0)
        break;
    }
    if (!at_end()) ++position_;
  }

  void skip_to_separator() {
    std::string ignored;
    while (!at_entry_end()) {
      if (at('('))
        skip_comment();
      else if (at('"'))
        read_quoted(ignored);
      else
        ++position_;
    }
  }

  std::string_view text_;
  std::size_t position_ = 0;
};

} // namespace

std::vector<HeaderAddress> parse_address_list(std::string_view value, std::size_t limit) {
  const std::string text = unfold(value);
  return ListReader(text).read(limit);
}

} // namespace mail
