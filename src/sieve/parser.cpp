// SPDX-License-Identifier: MIT
#include "sieve/parser.h"

#include "sieve/lexer.h"

#include <algorithm>
#include <utility>

namespace sieve {

namespace {

constexpr std::size_t usual_arguments = 4; // a match type, a comparator, fields, keys

/// Thrown where the arguments of a test or command are broken; the enclosing list of tests can go on.
struct BrokenArguments {};
/// Thrown to leave a whole command. Both are thrown when the error is reported.
struct BrokenCommand {};
/// Thrown when going on makes no sense: at the end of the script, or after too many errors.
struct Hopeless {};

/// Test files count errors. After one, the rest is read as follows: of a list up to its closing bracket; of a
/// command up to its `;` or the block, which is read as usual; of a block up to its closing brace, which then
/// closes the enclosing block too.
class Parser {
public:
  Parser(std::string_view source, const std::string& script, const Limits& limits, Diagnostics& diagnostics,
         Texts& texts)
      : lexer_(source, limits.identifier_length, texts), script_(script), limits_(limits),
        diagnostics_(diagnostics) {}

  /// False if going on makes no sense.
  template <class TakeCommand>
  bool script(const TakeCommand& take_command) {
    try {
      take();
      while (token_.kind == Token::Kind::identifier) take_command(command(0));
      if (token_.kind != Token::Kind::end && !broken_) expected("a command");
      return true;
    } catch (const Hopeless&) {
      return false;
    }
  }
  bool good() const { return errors_ == 0; }

private:
  void report(Position position, const std::string& text) {
    diagnostics_.push_back({Severity::error, script_, position, text});
    if (++errors_ >= limits_.errors) throw Hopeless();
  }
  /// A token that is wrong in itself has told so.
  void expected(const std::string& what, const std::string& where = {}) {
    if (token_.kind == Token::Kind::error) return;
    report(token_.position, what + " was expected" + where + ", not " + describe(token_));
  }
  [[noreturn]] void too_deep(const std::string& what, std::size_t limit) {
    report(token_.position, what + " are nested deeper than " + std::to_string(limit) + " levels");
    throw BrokenCommand();
  }

  void take() {
    token_ = lexer_.next();
    if (token_.kind == Token::Kind::error || token_.kind == Token::Kind::unknown) {
      report(token_.position, std::string(token_.text));
    }
  }

  /// Up to the closing bracket of the list that is open; false if the command ends before.
  bool skip_list(char open, char close, std::string_view ends) {
    std::size_t inner = 0;
    for (; token_.kind != Token::Kind::end && !is_one_of(ends); take()) {
      if (token_.is(open)) ++inner;
      if (!token_.is(close)) continue;
      if (inner == 0) return true;
      --inner;
    }
    return false;
  }
  bool skip_strings() { return skip_list('[', ']', ";{}()"); }
  bool skip_tests() { return skip_list('(', ')', ";{}"); }

  bool is_one_of(std::string_view characters) const {
    return std::any_of(characters.begin(), characters.end(), [&](char c) { return token_.is(c); });
  }

  void skip_command() {
    broken_ = true;
    while (token_.kind != Token::Kind::end && !is_one_of(";{}")) take();
    if (token_.kind == Token::Kind::end) throw Hopeless();
  }

  /// Up to the brace that closes the open block.
  void skip_block() {
    broken_ = true;
    for (std::size_t inner = 0; !token_.is('}') || inner-- > 0; take()) {
      if (token_.kind == Token::Kind::end) throw Hopeless();
      if (token_.is('{')) ++inner;
    }
  }

  std::vector<Construct> commands(std::size_t depth) {
    std::vector<Construct> found;
    while (token_.kind == Token::Kind::identifier) found.push_back(command(depth));
    return found;
  }

  Construct command(std::size_t depth) {
    Construct command;
    try {
      command = construct(0);
      if (!is_one_of(";{")) {
        expected("`;'", " after `" + std::string(command.name) + "'");
        throw BrokenCommand();
      }
    } catch (const BrokenArguments&) {
      skip_command();
    } catch (const BrokenCommand&) {
      skip_command();
    }
    if (token_.is('{')) {
      command.block = block(depth + 1, command.name);
    } else if (token_.is(';')) {
      take();
    }
    return command;
  }

  std::vector<Construct> block(std::size_t depth, std::string_view owner) {
    take();
    if (depth >= limits_.nested_blocks) {
      report(token_.position,
             "blocks are nested deeper than " + std::to_string(limits_.nested_blocks - 1) + " levels");
      skip_block();
    }
    std::vector<Construct> found = commands(depth);
    if (token_.is('}')) {
      take();
    } else {
      expected("`}'", " to end the block of `" + std::string(owner) + "'");
      skip_block();
    }
    return found;
  }

  /// identifier arguments: what commands and tests share.
  Construct construct(std::size_t depth) {
    if (depth >= limits_.nested_tests) too_deep("tests", limits_.nested_tests - 1);
    Construct result;
    result.position = token_.position;
    result.name = token_.text;
    take();
    if (is_argument()) result.arguments.reserve(usual_arguments);
    while (is_argument()) {
      if (result.arguments.size() == limits_.arguments) {
        report(token_.position, "`" + std::string(result.name) + "' has more than " +
                                    std::to_string(limits_.arguments) + " arguments");
        throw BrokenCommand();
      }
      result.arguments.push_back(argument());
    }
    if (token_.kind == Token::Kind::identifier) {
      result.tests.push_back(construct(depth + 1));
    } else if (token_.is('(')) {
      result.tests = tests(depth + 1, result.name);
      result.test_list = true;
    }
    return result;
  }

  std::vector<Construct> tests(std::size_t depth, std::string_view owner) {
    take();
    if (token_.kind != Token::Kind::identifier) no_first_test(owner);
    std::vector<Construct> found;
    listed_test(depth, found);
    while (token_.is(',')) {
      take();
      listed_test(depth, found);
    }
    end_list(')', "tests", &Parser::skip_tests);
    return found;
  }

  [[noreturn]] void no_first_test(std::string_view owner) {
    const Position position = token_.position;
    expected("a test");
    if (!skip_tests()) expected("`)'", " to end the list of tests");
    report(position, "`" + std::string(owner) + "' has no tests in its list");
    throw BrokenCommand();
  }

  void listed_test(std::size_t depth, std::vector<Construct>& found) {
    if (token_.kind != Token::Kind::identifier) {
      expected("a test");
      skip_tests();
      return;
    }
    try {
      found.push_back(construct(depth));
    } catch (const BrokenArguments&) {
      skip_tests();
    }
  }

  void end_list(char close, const std::string& what, bool (Parser::*skip)()) {
    if (!token_.is(close)) {
      expected(std::string("`") + close + "'", " to end the list of " + what);
      if (!(this->*skip)()) throw BrokenArguments();
    }
    take();
  }

  bool is_argument() const {
    return token_.kind == Token::Kind::tag || token_.kind == Token::Kind::number ||
           token_.kind == Token::Kind::string || token_.is('[');
  }

  Argument argument() {
    Argument result;
    result.position = token_.position;
    if (token_.is('[')) {
      result.kind = Argument::Kind::strings;
      result.bracketed = true;
      result.strings = string_list();
      return result;
    }
    if (token_.kind == Token::Kind::string) {
      result.kind = Argument::Kind::strings;
      result.strings.push_back({token_.text, token_.position});
    } else if (token_.kind == Token::Kind::number) {
      result.kind = Argument::Kind::number;
      result.number = token_.number;
    } else {
      result.tag = token_.text;
    }
    take();
    return result;
  }

  std::vector<StringLiteral> string_list() {
    std::vector<StringLiteral> strings;
    do {
      take();
      if (token_.kind == Token::Kind::string) {
        strings.push_back({token_.text, token_.position});
        take();
      } else {
        expected("a string");
        skip_strings();
      }
    } while (token_.is(','));
    end_list(']', "strings", &Parser::skip_strings);
    return strings;
  }

  Lexer lexer_;
  const std::string& script_;
  const Limits& limits_;
  Diagnostics& diagnostics_;
  Token token_;
  std::size_t errors_ = 0;
  bool broken_ = false; // a command or block could not be read to its end
};

bool has_good_size(std::string_view source, const std::string& script, const Limits& limits,
                   Diagnostics& diagnostics) {
  if (source.size() <= limits.script_size) return true;
  const std::string most = std::to_string(limits.script_size);
  diagnostics.push_back({Severity::error, script, {}, "the script is larger than " + most + " octets"});
  return false;
}

} // namespace

void parse(std::string_view source, const std::string& script, const Limits& limits, Diagnostics& diagnostics,
           Texts& texts, const std::function<void(const Construct&)>& take) {
  if (!has_good_size(source, script, limits, diagnostics)) return;
  Parser parser(source, script, limits, diagnostics, texts);
  parser.script([&](const Construct& command) {
    if (parser.good()) take(command);
  });
}

SyntaxTree parse(std::string_view source, const std::string& script, const Limits& limits,
                 Diagnostics& diagnostics) {
  SyntaxTree tree;
  if (!has_good_size(source, script, limits, diagnostics)) return tree;
  Parser parser(source, script, limits, diagnostics, tree.texts);
  const bool to_end =
      parser.script([&](Construct&& command) { tree.commands.push_back(std::move(command)); });
  if (!to_end) tree.commands.clear();
  return tree;
}

} // namespace sieve
