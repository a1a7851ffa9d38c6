// SPDX-License-Identifier: MIT
#include "tools/trace_printer.h"

#include "base/ascii.h"
#include "base/utf8.h"
#include "sieve/script.h"
#include "tools/describe.h"

namespace tools {

namespace {

constexpr std::size_t width = 80;
constexpr std::size_t margin = 7;       // before what stands under a line of the script
constexpr std::size_t values_shown = 8; // of one test

/// At most `columns` characters, the last an ellipsis if there were more.
std::string fitted(std::string_view text, std::size_t columns) {
  if (base::count_code_points(text) <= columns) return std::string(text);
  return std::string(base::first_code_points(text, columns - 1)) + "\xe2\x80\xa6";
}

std::string line_of(std::string_view source, unsigned number) {
  for (; number > 1; --number) {
    const auto end = source.find('\n');
    source.remove_prefix(end == std::string_view::npos ? source.size() : end + 1);
  }
  std::string text;
  for (const char c : base::to_valid_utf8(source.substr(0, source.find('\n')))) {
    if (c == '\t')
      text += "  ";
    else if (!base::is_control(c))
      text += c;
  }
  return text;
}

} // namespace

void TracePrinter::source(const sieve::Script& script, sieve::Position position) {
  if (&script == script_ && position.line == line_) return;
  if (&script != script_ && script_ != nullptr) print_(fitted("--- " + script.name, width) + '\n');
  script_ = &script;
  line_ = position.line;
  std::string number = std::to_string(line_);
  number.insert(0, number.size() < 5 ? 5 - number.size() : 0, ' ');
  show(number + "  " + line_of(script.source, line_), Style::bold);
}

void TracePrinter::show(const std::string& line, std::optional<Style::Code> code) {
  const std::string text = fitted(line, width);
  print_((code ? style_(*code, text) : text) + '\n');
}

void TracePrinter::tell(const std::string& text, std::optional<Style::Code> code) {
  show(std::string(margin + 2 * depth_, ' ') + text, code);
}

void TracePrinter::tell_text(const std::string& label, std::string_view text,
                             std::optional<Style::Code> code) {
  const std::size_t before = margin + 2 * depth_ + base::count_code_points(label);
  const std::string whole = quoted(text);
  if (before + base::count_code_points(whole) <= width) return tell(label + whole, code);
  const std::string size = " (" + std::to_string(text.size()) + " octets)";
  const std::size_t room = before + size.size() + 12 < width ? width - before - size.size() - 1 : 11;
  tell(label + fitted(whole, room) + '"' + size, code);
}

void TracePrinter::tell_test() {
  if (begun_.empty()) return;
  --depth_;
  tell(std::string(begun_));
  ++depth_;
  begun_ = {};
}

void TracePrinter::command(const sieve::Script& script, const sieve::Command& command) {
  depth_ = 0; // a test that ended in an error was never told to be over
  begun_ = {};
  branching_ = command.name == "if";
  source(script, command.position);
}

void TracePrinter::testing(const sieve::Script& script, const sieve::Test& test) {
  tell_test();
  source(script, test.position);
  ++depth_;
  begun_ = test.name;
}

void TracePrinter::compared(const sieve::ValueList& values, const std::vector<std::string_view>& keys) {
  tell_test();
  const auto list = [&](const std::string& label, const auto& items, const auto& origin) {
    std::size_t shown = 0;
    for (const auto& item : items) {
      if (shown < values_shown) tell_text(label + origin(shown), item);
      ++shown;
    }
    if (shown == 0) tell(label + "(none)");
    if (shown > values_shown) tell(label + "and " + std::to_string(shown - values_shown) + " more");
  };
  list("value  ", values.items(), [&](std::size_t item) {
    const auto origin = values.origin(item);
    return origin.empty() ? std::string() : base::printable(origin) + ": ";
  });
  if (values.count() != values.items().size()) tell("count  " + std::to_string(values.count()));
  list("key    ", keys, [](std::size_t) { return std::string(); });
  ambiguous_ = values.items().size() > 1 || keys.size() > 1;
}

void TracePrinter::hit(std::string_view value, std::string_view key) {
  if (!ambiguous_) return;
  tell_text("match  ", value, Style::green);
  tell_text("  by   ", key, Style::green);
}

void TracePrinter::matched(const std::vector<std::string>& values) {
  tell_test();
  for (std::size_t i = 0; i < values.size(); ++i) tell_text("${" + std::to_string(i) + "} = ", values[i]);
}

void TracePrinter::tested(const sieve::Script&, const sieve::Test& test, bool result) {
  const bool whole = depth_ == 1 && branching_;
  const std::string text =
      std::string(result ? "=> true" : "=> false") + (!whole   ? ""
                                                      : result ? ": this branch is taken"
                                                               : ": this branch is not taken");
  if (begun_.empty()) {
    tell(text, result ? Style::green : Style::red);
    --depth_;
  } else {
    begun_ = {};
    --depth_;
    tell(std::string(test.name) + ' ' + text, result ? Style::green : Style::red);
  }
}

void TracePrinter::otherwise(const sieve::Script& script, sieve::Position position) {
  source(script, position);
  tell("this branch is taken", Style::green);
}

void TracePrinter::variable(const std::string& name, const std::string& value) {
  tell_text(name + " = ", value);
}

void TracePrinter::flags(const std::vector<std::string>& flags) {
  std::string text;
  for (const auto& flag : flags) text += ' ' + flag;
  tell("flags in force:" + (text.empty() ? " none" : text));
}

void TracePrinter::action(const sieve::Action& action) { tell("action: " + describe(action), Style::yellow); }

} // namespace tools
