// SPDX-License-Identifier: MIT
#include "tools/explain/explain.h"

#include "base/ascii.h"
#include "tools/explain/sentence.h"

#include <algorithm>

namespace tools {

namespace {

constexpr std::size_t columns = 80;
constexpr std::size_t indentation = 4;
using Commands = std::vector<sieve::Construct>;

bool named(const sieve::Construct& construct, std::string_view name) {
  return base::equal_ignoring_case(construct.name, name);
}

/// A paragraph, indented and broken at blanks.
std::string wrapped(std::string_view text, std::size_t indent) {
  const std::string margin(indent, ' ');
  std::string result = margin;
  std::size_t column = indent;
  for (const auto word : base::words(text)) {
    if (column > indent && column + 1 + word.size() > columns) {
      result += '\n' + margin;
      column = indent;
    } else if (column > indent) {
      result += ' ';
      ++column;
    }
    result += word;
    column += word.size();
  }
  return result + '\n';
}

std::string capital(std::string text) {
  if (!text.empty()) text.front() = base::to_upper(text.front());
  return text;
}

class Explainer {
public:
  std::string take() { return std::move(text_); }

  void block(const Commands& commands, std::size_t indent) {
    for (const auto& command : commands) {
      if (named(command, "require")) continue;
      if (command.block) {
        branch(command, indent);
      } else {
        text_ += wrapped(capital(command_sentence(command)) + '.', indent);
      }
    }
  }

private:
  static std::string head(const sieve::Construct& command) {
    std::string text = command_sentence(command);
    if (command.tests.size() == 1) text += ' ' + condition(command.tests.front(), false);
    return capital(std::move(text));
  }

  /// A block of plain commands goes into the sentence; others follow it, indented.
  void branch(const sieve::Construct& command, std::size_t indent) {
    const bool plain = std::none_of(command.block->begin(), command.block->end(),
                                    [](const sieve::Construct& inner) { return inner.block.has_value(); });
    if (!plain) {
      text_ += wrapped(head(command) + ':', indent);
      return block(*command.block, indent + indentation);
    }
    std::string actions;
    for (std::size_t i = 0; i < command.block->size(); ++i) {
      if (i > 0) actions += i + 1 == command.block->size() ? ", then " : ", ";
      actions += command_sentence((*command.block)[i]);
    }
    text_ += wrapped(head(command) + ", " + (actions.empty() ? "do nothing" : actions) + '.', indent);
  }

  std::string text_;
};

} // namespace

std::string explain(const Commands& script) {
  Explainer explainer;
  explainer.block(script, 0);
  return explainer.take() +
         wrapped(
             "A message that nothing of this stored, forwarded, refused or threw away stays in the inbox.",
             0);
}

} // namespace tools
