// SPDX-License-Identifier: MIT
#include "tools/format/format.h"

#include "base/ascii.h"
#include "tools/format/layout.h"
#include "tools/format/pieces.h"

#include <utility>

namespace tools {

namespace {

using Kind = sieve::Token::Kind;

Doc text(std::string content) { return {Doc::Kind::text, std::move(content)}; }
Doc mark(Doc::Kind kind) { return {kind}; }

/// Names and quantifiers in one case; strings as they are.
std::string spelling(const sieve::Token& token) {
  const std::string source(token.source);
  if (token.kind == Kind::number) return base::upper(source);
  return token.kind == Kind::identifier || token.kind == Kind::tag ? base::lower(source) : source;
}

/// From pieces to a layout, along the generic grammar.
class Formatter {
public:
  explicit Formatter(std::string_view source) : pieces_(pieces(source, texts_)) {}

  Doc script() {
    Doc doc = block();
    comments(doc, doc.parts.empty());
    return doc;
  }

private:
  const sieve::Token& token() const { return pieces_[next_].token; }

  void comment(Doc& doc, const Comment& comment) {
    doc.parts.push_back(mark(comment.own_line ? Doc::Kind::fresh : Doc::Kind::space));
    doc.parts.push_back(text(comment.text));
    const bool ends_line = comment.own_line || comment.text.front() == '#';
    doc.parts.push_back(mark(ends_line ? Doc::Kind::break_after : Doc::Kind::space));
  }

  /// The comments before the next token, on lines of their own, and the blank line before it.
  void comments(Doc& doc, bool first, bool blanks = true) {
    const Piece& piece = pieces_[next_];
    for (const Comment& one : piece.before) {
      if (blanks && one.blank_before && !first) doc.parts.push_back(mark(Doc::Kind::blank));
      comment(doc, one);
      first = false;
    }
    const bool ends = piece.token.is('}') || piece.token.kind == Kind::end;
    if (blanks && piece.blank_before && !first && !ends) doc.parts.push_back(mark(Doc::Kind::blank));
  }

  /// The next token, with the comments that belong to it.
  Doc take(bool with_before = true) {
    Doc doc;
    if (with_before) comments(doc, true, false);
    const Piece& piece = pieces_[next_++];
    doc.parts.push_back(text(spelling(piece.token)));
    if (piece.token.source.ends_with('.')) doc.parts.push_back(mark(Doc::Kind::break_after));
    for (const Comment& one : piece.after) comment(doc, one);
    return doc;
  }

  Doc block() {
    Doc doc;
    bool after_block = false; // nothing stands between a closing brace and here
    while (!token().is('}') && token().kind != Kind::end) {
      const std::string name = base::lower(token().text);
      const bool cuddled =
          after_block && (name == "else" || name == "elsif") && pieces_[next_].before.empty();
      doc.parts.push_back(mark(cuddled ? Doc::Kind::space : Doc::Kind::hard));
      if (!cuddled) comments(doc, doc.parts.size() == 1);
      doc.parts.push_back(command());
      after_block = pieces_[next_ - 1].token.is('}');
    }
    return doc;
  }

  Doc command() {
    Doc doc = construct(false);
    if (token().is(';')) {
      doc.parts.push_back(take());
      return doc;
    }
    doc.parts.push_back(mark(Doc::Kind::space));
    doc.parts.push_back(take());
    Doc inner{Doc::Kind::indent};
    inner.parts.push_back(block());
    if (!pieces_[next_].before.empty()) inner.parts.push_back(mark(Doc::Kind::hard));
    comments(inner, inner.parts.front().parts.empty());
    doc.parts.push_back(std::move(inner));
    doc.parts.push_back(mark(Doc::Kind::hard));
    doc.parts.push_back(take(false));
    return doc;
  }

  bool at_argument() const {
    const Kind kind = token().kind;
    return kind == Kind::tag || kind == Kind::number || kind == Kind::string || token().is('[');
  }

  Doc construct(bool with_before) {
    Doc doc;
    doc.parts.push_back(take(with_before));
    bool after_tag = true; // a tag stays beside its parameter, a name beside its first argument
    while (at_argument()) {
      const bool tag = token().kind == Kind::tag;
      const bool list = token().is('[');
      Doc one = list ? this->list(']') : take();
      Doc argument{list ? Doc::Kind::parts : Doc::Kind::indent};
      const bool may_break = !list && (tag || !after_tag);
      argument.parts.push_back({may_break ? Doc::Kind::fill : Doc::Kind::space, {}, fill_width(one, tag)});
      argument.parts.push_back(std::move(one));
      doc.parts.push_back(std::move(argument));
      after_tag = tag;
    }
    if (token().kind != Kind::identifier && !token().is('(')) return doc;
    doc.parts.push_back(mark(Doc::Kind::space));
    doc.parts.push_back(token().is('(') ? list(')') : construct(true));
    return doc;
  }

  /// What must fit into the line for an argument: with a tag, the parameter that it may have.
  std::size_t fill_width(const Doc& argument, bool tag) const {
    std::size_t width = flat_width(argument);
    if (width >= endless) width = 5; // "text:"
    const Kind next = token().kind;
    const bool parameter = tag && (next == Kind::string || next == Kind::number);
    return width + (parameter ? 1 + token().source.substr(0, token().source.find('\n')).size() : 0);
  }

  /// Strings in brackets, or tests in parentheses.
  Doc list(char end) {
    Doc group{Doc::Kind::group};
    group.parts.push_back(take());
    Doc items{Doc::Kind::indent};
    items.parts.push_back(mark(Doc::Kind::soft));
    while (true) {
      items.parts.push_back(end == ')' ? construct(true) : take());
      if (!token().is(',')) break;
      items.parts.push_back(take());
      items.parts.push_back(mark(Doc::Kind::line));
    }
    group.parts.push_back(std::move(items));
    group.parts.push_back(mark(Doc::Kind::soft));
    group.parts.push_back(take());
    return group;
  }

  sieve::Texts texts_;
  std::vector<Piece> pieces_;
  std::size_t next_ = 0;
};

bool same_arguments(const sieve::Construct& a, const sieve::Construct& b) {
  const auto same_string = [](const auto& x, const auto& y) { return x.text == y.text; };
  const auto same = [&](const sieve::Argument& x, const sieve::Argument& y) {
    return x.kind == y.kind && base::equal_ignoring_case(x.tag, y.tag) && x.number == y.number &&
           x.bracketed == y.bracketed &&
           std::equal(x.strings.begin(), x.strings.end(), y.strings.begin(), y.strings.end(), same_string);
  };
  return std::equal(a.arguments.begin(), a.arguments.end(), b.arguments.begin(), b.arguments.end(), same);
}

} // namespace

std::string format_script(std::string_view source) {
  const auto line = source.find('\n');
  const bool crlf = line != std::string_view::npos && line > 0 && source[line - 1] == '\r';
  return lay_out(Formatter(source).script(), crlf ? "\r\n" : "\n");
}

bool same_meaning(const std::vector<sieve::Construct>& a, const std::vector<sieve::Construct>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
    return base::equal_ignoring_case(x.name, y.name) && x.test_list == y.test_list && same_arguments(x, y) &&
           same_meaning(x.tests, y.tests) && x.block.has_value() == y.block.has_value() &&
           (!x.block || same_meaning(*x.block, *y.block));
  });
}

} // namespace tools
