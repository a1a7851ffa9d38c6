// SPDX-License-Identifier: MIT
#include "tools/format/layout.h"

#include <algorithm>

namespace tools {

namespace {

constexpr std::size_t columns = 80;
constexpr std::size_t closing = 2; // " {" or ");" still has to stand behind what fits
constexpr std::size_t indentation = 4;

class Layout {
public:
  explicit Layout(std::string_view line_end) : line_end_(line_end) {}

  void put(const Doc& doc, std::size_t indent, bool flat) {
    switch (doc.kind) {
    case Doc::Kind::text: return text(doc.text, indent);
    case Doc::Kind::space: return space();
    case Doc::Kind::fill:
      if (!due_ && !fresh_ && !fits(1 + doc.width)) due_ = true;
      return space();
    case Doc::Kind::line: return flat ? space() : newline();
    case Doc::Kind::soft: return flat ? void() : newline();
    case Doc::Kind::hard: return newline();
    case Doc::Kind::blank: blank_ = true; return;
    case Doc::Kind::fresh:
    case Doc::Kind::break_after: return newline();
    case Doc::Kind::group: return all(doc, indent, flat || fits(flat_width(doc)));
    case Doc::Kind::indent: return all(doc, indent + indentation, flat);
    case Doc::Kind::parts: return all(doc, indent, flat);
    }
  }
  std::string take() {
    if (!text_.empty() && !fresh_) text_ += line_end_;
    return std::move(text_);
  }

private:
  void all(const Doc& doc, std::size_t indent, bool flat) {
    for (const Doc& part : doc.parts) put(part, indent, flat);
  }
  bool fits(std::size_t width) const { return !due_ && column_ + pending_ + width + closing <= columns; }
  void space() {
    if (!due_ && !fresh_) pending_ = 1;
  }
  /// The line ends when something more comes.
  void newline() {
    if (!fresh_) due_ = true;
    pending_ = 0;
  }

  void text(const std::string& text, std::size_t indent) {
    if (due_) text_ += line_end_;
    if (blank_ && !text_.empty()) text_ += line_end_;
    if (due_ || fresh_) {
      text_ += std::string(indent, ' ');
      column_ = indent;
      pending_ = 0;
    }
    text_ += std::string(pending_, ' ') + text;
    column_ += pending_ + text.size();
    if (const auto last = text.rfind('\n'); last != std::string::npos) column_ = text.size() - last - 1;
    pending_ = 0;
    due_ = fresh_ = blank_ = false;
  }

  std::string_view line_end_;
  std::string text_;
  std::size_t column_ = 0;
  std::size_t pending_ = 0; // a blank, if anything follows on the line
  bool fresh_ = true;       // at the begin of the script
  bool due_ = false;        // a line end, if anything follows
  bool blank_ = false;
};

} // namespace

std::size_t flat_width(const Doc& doc) {
  switch (doc.kind) {
  case Doc::Kind::text: return doc.text.find('\n') == std::string::npos ? doc.text.size() : endless;
  case Doc::Kind::space:
  case Doc::Kind::fill:
  case Doc::Kind::line: return 1;
  case Doc::Kind::soft: return 0;
  case Doc::Kind::hard:
  case Doc::Kind::blank:
  case Doc::Kind::fresh:
  case Doc::Kind::break_after: return endless;
  default: break;
  }
  std::size_t width = 0;
  for (const Doc& part : doc.parts) width = std::min(endless, width + flat_width(part));
  return width;
}

std::string lay_out(const Doc& doc, std::string_view line_end) {
  Layout layout(line_end);
  layout.put(doc, 0, false);
  return layout.take();
}

} // namespace tools
