// SPDX-License-Identifier: MIT
#include "sieve/parser.h"

#include "sieve/lexer.h"

namespace sieve {

namespace {

/// Thrown to leave a broken command; the error is already reported.
struct Broken {};
/// Thrown when going on makes no sense (nesting, number of errors).
struct Hopeless {};

class Parser {
public:
  Parser(std::string_view source, const std::string& script, const Limits& limits, Diagnostics& diagnostics)
      : lexer_(source, limits.identifier_length), script_(script), limits_(limits), diagnostics_(diagnostics),
        token_(lexer_.next()) {}

  std::vector<Construct> script() {
    std::vector<Construct> commands;
    try {
      commands = block(0);
      while (token_.kind != Token::Kind::end) {
        report("a command was expected, not " + describe(token_));
        take();
        for (auto& command : block(0)) commands.push_back(std::move(command));
      }
    } catch (const Hopeless&) {
      commands.clear();
    }
    return commands;
  }

private:
  void report(const std::string& text) {
    diagnostics_.push_back({Severity::error, script_, token_.position, text});
    if (++errors_ >= limits_.errors) throw Hopeless();
  }
  [[noreturn]] void fail(const std::string& text) {
    // A broken token says itself what is wrong with it.
    report(token_.kind == Token::Kind::error ? token_.text : text);
    throw Broken();
  }
  [[noreturn]] void too_deep(const std::string& what, std::size_t limit) {
    report(what + " are nested deeper than " + std::to_string(limit) + " levels");
    throw Hopeless();
  }

  Token take() {
    Token taken = std::move(token_);
    token_ = lexer_.next();
    return taken;
  }
  void expect(char c, const std::string& after) {
    if (!token_.is(c)) fail(std::string("`") + c + "' was expected " + after + ", not " + describe(token_));
    take();
  }

  /// Commands up to a closing brace or the end.
  std::vector<Construct> block(std::size_t depth) {
    if (depth > limits_.nested_blocks) too_deep("blocks", limits_.nested_blocks);
    std::vector<Construct> commands;
    while (token_.kind != Token::Kind::end && !token_.is('}')) {
      try {
        commands.push_back(command(depth));
      } catch (const Broken&) {
        recover();
      }
    }
    return commands;
  }

  /// Skips the rest of a broken command: behind its `;`, or behind its block.
  void recover() {
    std::size_t open = 0;
    while (token_.kind != Token::Kind::end) {
      if (token_.is('{')) ++open;
      if (token_.is('}')) {
        if (open == 0) return;
        --open;
        if (open == 0) {
          take();
          return;
        }
      }
      if (token_.is(';') && open == 0) {
        take();
        return;
      }
      take();
    }
  }

  Construct command(std::size_t depth) {
    if (token_.kind != Token::Kind::identifier) fail("a command was expected, not " + describe(token_));
    Construct command = construct(0);
    if (token_.is('{')) {
      take();
      command.block = block(depth + 1);
      expect('}', "to end the block of `" + command.name + "'");
    } else {
      expect(';', "after `" + command.name + "'");
    }
    return command;
  }

  /// identifier arguments: what commands and tests share.
  Construct construct(std::size_t depth) {
    if (depth > limits_.nested_tests) too_deep("tests", limits_.nested_tests);
    Construct result;
    result.position = token_.position;
    result.name = take().text;
    while (is_argument()) {
      if (result.arguments.size() == limits_.arguments) {
        fail("`" + result.name + "' has more than " + std::to_string(limits_.arguments) + " arguments");
      }
      result.arguments.push_back(argument());
    }
    if (token_.kind == Token::Kind::identifier) {
      result.tests.push_back(construct(depth + 1));
    } else if (token_.is('(')) {
      result.tests = tests(depth + 1);
      result.test_list = true;
    }
    return result;
  }

  std::vector<Construct> tests(std::size_t depth) {
    std::vector<Construct> found;
    do {
      take();
      if (token_.kind != Token::Kind::identifier) fail("a test was expected, not " + describe(token_));
      found.push_back(construct(depth));
    } while (token_.is(','));
    expect(')', "to end the list of tests");
    return found;
  }

  bool is_argument() const {
    return token_.kind == Token::Kind::tag || token_.kind == Token::Kind::number ||
           token_.kind == Token::Kind::string || token_.is('[');
  }

  Argument argument() {
    Argument result;
    result.position = token_.position;
    switch (token_.kind) {
    case Token::Kind::tag: result.tag = take().text; break;
    case Token::Kind::number:
      result.kind = Argument::Kind::number;
      result.number = take().number;
      break;
    case Token::Kind::string:
      result.kind = Argument::Kind::strings;
      result.strings.push_back(string());
      break;
    default:
      result.kind = Argument::Kind::strings;
      result.bracketed = true;
      result.strings = string_list();
    }
    return result;
  }

  StringLiteral string() {
    const Position position = token_.position;
    return {take().text, position};
  }

  std::vector<StringLiteral> string_list() {
    std::vector<StringLiteral> strings;
    do {
      take();
      if (token_.kind != Token::Kind::string) fail("a string was expected, not " + describe(token_));
      strings.push_back(string());
    } while (token_.is(','));
    expect(']', "to end the list of strings");
    return strings;
  }

  Lexer lexer_;
  const std::string& script_;
  const Limits& limits_;
  Diagnostics& diagnostics_;
  Token token_;
  std::size_t errors_ = 0;
};

} // namespace

std::vector<Construct> parse(std::string_view source, const std::string& script, const Limits& limits,
                             Diagnostics& diagnostics) {
  if (source.size() > limits.script_size) {
    diagnostics.push_back({Severity::error,
                           script,
                           {},
                           "the script is larger than " + std::to_string(limits.script_size) + " octets"});
    return {};
  }
  return Parser(source, script, limits, diagnostics).script();
}

} // namespace sieve
