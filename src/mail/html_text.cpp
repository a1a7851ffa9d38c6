// SPDX-License-Identifier: MIT
// One pass that only moves forward: whatever is not closed (tag, comment, script) takes all the rest, as in a
// browser.
#include "mail/html_text.h"

#include "base/ascii.h"
#include "base/utf8.h"
#include "mail/html_entities.h"
#include "mail/octet_charsets.h"

#include <algorithm>
#include <array>
#include <optional>

namespace mail {

namespace {

// Elements that stand on lines of their own, sorted.
constexpr auto blocks = std::to_array<std::string_view>(
    {"address", "article", "aside", "blockquote", "body",       "br",     "center", "dd",   "dir",
     "div",     "dl",      "dt",    "fieldset",   "figcaption", "figure", "footer", "form", "h1",
     "h2",      "h3",      "h4",    "h5",         "h6",         "head",   "header", "hr",   "html",
     "legend",  "li",      "main",  "menu",       "nav",        "ol",     "option", "p",    "pre",
     "section", "table",   "tbody", "tfoot",      "thead",      "title",  "tr",     "ul"});
static_assert(std::is_sorted(blocks.begin(), blocks.end()));

bool is_block(std::string_view name) { return std::binary_search(blocks.begin(), blocks.end(), name); }
bool is_cell(std::string_view name) { return name == "td" || name == "th"; }
// Elements whose content no reader sees.
bool is_hidden(std::string_view name) { return name == "script" || name == "style" || name == "title"; }

// What ends a run of visible octets.
constexpr std::array<bool, 256> special = [] {
  std::array<bool, 256> table{};
  for (const char c : {'<', '&', ' ', '\t', '\r', '\n', '\f'}) table[static_cast<unsigned char>(c)] = true;
  return table;
}();

// Text with its white space still to be collapsed: blanks and breaks wait until something visible follows.
class Layout {
public:
  explicit Layout(std::size_t size) { text_.reserve(size); }

  void blank() { blank_ = true; }
  void line_break() { break_ = true; }

  void put(std::string_view visible) {
    if (!text_.empty() && break_)
      text_ += '\n';
    else if (!text_.empty() && blank_)
      text_ += ' ';
    blank_ = break_ = false;
    text_ += visible;
  }

  std::string finish() { return std::move(text_); }

private:
  std::string text_;
  bool blank_ = false, break_ = false;
};

class Reader {
public:
  explicit Reader(std::string_view html) : html_(html), layout_(html.size()) {}

  std::string read() {
    while (at_ < html_.size()) {
      const auto start = at_;
      while (at_ < html_.size() && (!is_special(at_) || (at_ > start && is_single_blank()))) ++at_;
      if (at_ > start) layout_.put(html_.substr(start, at_ - start));
      if (at_ < html_.size()) step();
    }
    return layout_.finish();
  }

private:
  bool is_special(std::size_t at) const { return special[static_cast<unsigned char>(html_[at])]; }
  // Behind something visible: the two words are one run.
  bool is_single_blank() const { return html_[at_] == ' ' && at_ + 1 < html_.size() && !is_special(at_ + 1); }
  char peek(std::size_t ahead) const { return at_ + ahead < html_.size() ? html_[at_ + ahead] : '\0'; }
  void literal() { layout_.put(html_.substr(at_++, 1)); }
  void skip_behind(std::string_view end) {
    const auto found = html_.find(end, at_);
    at_ = found == std::string_view::npos ? html_.size() : found + end.size();
  }

  void step() {
    const char c = html_[at_];
    if (c == '<') return markup();
    if (c == '&') return reference();
    layout_.blank();
    ++at_;
  }

  void markup();
  void skip_tag_rest();
  void skip_hidden(std::string_view name);
  void reference();
  std::optional<char32_t> numeric_reference(std::size_t& length) const;

  std::string_view html_;
  std::size_t at_ = 0;
  Layout layout_;
};

void Reader::markup() {
  if (html_.substr(at_).starts_with("<!--")) {
    at_ += 2; // "<!-->" is a whole comment
    return skip_behind("-->");
  }
  if (peek(1) == '!' || peek(1) == '?') return skip_behind(">");
  const bool closing = peek(1) == '/';
  if (!base::is_alpha(peek(closing ? 2 : 1))) {
    if (closing) return skip_behind(">");
    return literal();
  }
  const auto start = at_ + (closing ? 2 : 1);
  auto end = start;
  while (end < html_.size() && base::is_alnum(html_[end])) ++end;
  const auto name = base::lower(html_.substr(start, std::min<std::size_t>(end - start, 16)));
  at_ = end;
  skip_tag_rest();
  if (!closing && is_hidden(name)) skip_hidden(name);
  if (is_block(name))
    layout_.line_break();
  else if (is_cell(name))
    layout_.blank();
}

// Attributes up to '>'; a quote counts only behind '='.
void Reader::skip_tag_rest() {
  bool value_begins = false;
  for (; at_ < html_.size(); ++at_) {
    const char c = html_[at_];
    if (c == '>') {
      ++at_;
      return;
    }
    if (value_begins && (c == '"' || c == '\'')) {
      const auto close = html_.find(c, at_ + 1);
      at_ = close == std::string_view::npos ? html_.size() - 1 : close;
      value_begins = false;
    } else if (!base::is_space(c)) {
      value_begins = c == '=';
    }
  }
}

// Up to and with the closing tag of that name.
void Reader::skip_hidden(std::string_view name) {
  for (;;) {
    skip_behind("</");
    if (at_ >= html_.size()) return;
    if (!base::starts_with_ignoring_case(html_.substr(at_), name)) continue;
    at_ += name.size();
    if (!base::is_alnum(peek(0))) return skip_behind(">");
  }
}

std::optional<char32_t> Reader::numeric_reference(std::size_t& length) const {
  const bool hexadecimal = base::to_lower(peek(2)) == 'x';
  length = hexadecimal ? 3 : 2;
  const auto first = length;
  const char32_t radix = hexadecimal ? 16 : 10;
  char32_t value = 0;
  for (;; ++length) {
    const int digit = base::hex_value(peek(length));
    if (digit < 0 || static_cast<char32_t>(digit) >= radix) break;
    if (value <= 0x10ffff) value = value * radix + static_cast<char32_t>(digit);
  }
  if (length == first) return std::nullopt;
  if (value >= 0x80 && value < 0xa0) value = (*upper_half("WINDOWS-1252"))[value - 0x80]; // as browsers do
  return value;
}

void Reader::reference() {
  std::size_t length = 1;
  std::optional<char32_t> value;
  if (peek(1) == '#') {
    value = numeric_reference(length);
  } else {
    while (length < 12 && base::is_alnum(peek(length))) ++length;
    const auto name = html_.substr(at_ + 1, length - 1);
    const auto found =
        std::lower_bound(html_entities.begin(), html_entities.end(), name,
                         [](const auto& entry, std::string_view wanted) { return entry.first < wanted; });
    if (found != html_entities.end() && found->first == name) value = found->second;
  }
  if (!value) return literal();
  at_ += length + (peek(length) == ';' ? 1 : 0);
  if (*value == 0xa0 || *value <= ' ') return layout_.blank();
  std::string character;
  base::append_utf8(character, *value);
  layout_.put(character);
}

} // namespace

std::string html_to_text(std::string_view html) { return Reader(html).read(); }

} // namespace mail
