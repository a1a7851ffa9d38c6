// SPDX-License-Identifier: MIT
// variables (RFC 5229): complete. ${name}, ${1}, namespaces; set with its modifiers; the string test.
#include "sieve/variables.h"
#include "base/ascii.h"
#include "base/utf8.h"
#include "sieve/compiler.h"
#include "sieve/execution.h"
#include "sieve/match.h"
#include "sieve/modifiers.h"

#include <algorithm>

namespace sieve {

namespace {

class NamedVariable final : public Reference {
public:
  explicit NamedVariable(std::string name) : name_(std::move(name)) {}
  std::string value(Execution& execution) const override { return read_variable(execution, name_); }

private:
  std::string name_;
};

class MatchValue final : public Reference {
public:
  explicit MatchValue(std::size_t index) : index_(index) {}
  std::string value(Execution& execution) const override {
    const auto& values = execution.match_values;
    return index_ < values.size() ? values[index_] : std::string();
  }

private:
  std::size_t index_;
};

std::shared_ptr<const Reference> match_value(Compiler& compiler, Position position,
                                             const std::string& digits) {
  const auto index = base::parse_number(digits);
  if (index && *index <= compiler.limits().match_values) return std::make_shared<MatchValue>(*index);
  compiler.error(position, "match value ${" + digits + "} is beyond the highest, ${" +
                               std::to_string(compiler.limits().match_values) + "}");
  return nullptr;
}

/// Who answers for ${a.b.c}: the longest prefix that is a namespace.
std::shared_ptr<const Reference> in_namespace(Compiler& compiler, Position position,
                                              const std::string& name) {
  for (auto dot = name.rfind('.'); dot != std::string::npos && dot > 0; dot = name.rfind('.', dot - 1)) {
    const NamespaceSpec* space = compiler.find_namespace(std::string_view(name).substr(0, dot));
    if (space != nullptr) return space->reference(compiler, position, std::string_view(name).substr(dot + 1));
  }
  compiler.error(position, "variable ${" + name + "} is in an unknown namespace");
  return nullptr;
}

std::shared_ptr<const Reference> reference(Compiler& compiler, Position position, const std::string& text,
                                           const VariableName& name) {
  if (name.is_match_value()) return match_value(compiler, position, text);
  if (!name.is_plain()) return in_namespace(compiler, position, text);
  return std::make_shared<NamedVariable>(text);
}

/// No variable can have that name.
bool too_long(const Compiler& compiler, const VariableName& name) {
  return name.is_plain() && name.parts.front().size() > compiler.limits().variable_name_length;
}

constexpr std::string_view name_characters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.";

/// What is no variable reference stays text (RFC 5229 section 3).
std::vector<TextPiece> split(Compiler& compiler, Position position, const std::string& text) {
  std::vector<TextPiece> pieces;
  std::string literal;
  std::string_view rest = text;
  while (!rest.empty()) {
    const auto start = rest.find("${");
    literal += rest.substr(0, start);
    if (start == std::string_view::npos) break;
    rest.remove_prefix(start);
    // Not simply the next brace: what many "${" without one cost would grow with the square.
    const auto end = rest.find_first_not_of(name_characters, 2);
    const bool closed = end != std::string_view::npos && rest[end] == '}';
    const std::string inside(closed ? rest.substr(2, end - 2) : "");
    const auto name = parse_variable_name(inside);
    if (!name || too_long(compiler, *name)) {
      literal += '$';
      rest.remove_prefix(1);
      continue;
    }
    if (!literal.empty()) pieces.push_back({std::exchange(literal, {}), nullptr});
    if (auto made = reference(compiler, position, inside, *name)) pieces.push_back({{}, std::move(made)});
    rest.remove_prefix(end + 1);
  }
  if (!literal.empty()) pieces.push_back({std::move(literal), nullptr});
  return pieces;
}

std::string to_lower(const std::string& value, std::size_t) { return base::lower(value); }
std::string to_upper(const std::string& value, std::size_t) { return base::upper(value); }

std::string lower_first(const std::string& value, std::size_t) {
  return value.empty() ? value : base::to_lower(value.front()) + value.substr(1);
}

std::string upper_first(const std::string& value, std::size_t) {
  return value.empty() ? value : base::to_upper(value.front()) + value.substr(1);
}

/// The result is cut where no escape is split.
std::string quote_wildcard(const std::string& value, std::size_t limit) {
  std::string result;
  std::string_view rest = value;
  while (!rest.empty()) {
    const std::size_t length = base::next_code_point(rest).length;
    const bool special = rest.front() == '*' || rest.front() == '?' || rest.front() == '\\';
    if (result.size() + length + (special ? 1 : 0) > limit) break;
    if (special) result += '\\';
    result += rest.substr(0, length);
    rest.remove_prefix(length);
  }
  return result;
}

std::string length_of(const std::string& value, std::size_t) {
  return std::to_string(base::count_code_points(value));
}

class SetCommand final : public Command {
public:
  SetCommand(VariableTarget target, Text value, Modifiers modifiers)
      : target_(std::move(target)), value_(std::move(value)), modifiers_(std::move(modifiers)) {}

  Flow run(Execution& execution) const override {
    set_variable(execution, target_, modified(execution, modifiers_, value_.value(execution)));
    return Flow::next;
  }

private:
  VariableTarget target_;
  Text value_;
  Modifiers modifiers_;
};

std::unique_ptr<Command> compile_set(Compiler& compiler, Arguments& arguments) {
  const Text& name = arguments.string(0);
  if (!name.constant()) {
    compiler.error(name.position, "the variable's name must be a constant string");
    return nullptr;
  }
  auto target = bind_variable(compiler, name.position, name.literal());
  auto modifiers = bind_modifiers(compiler, arguments);
  if (!target || !modifiers) return nullptr;
  return std::make_unique<SetCommand>(std::move(*target), arguments.string(1), std::move(*modifiers));
}

class StringTest final : public Test {
public:
  StringTest(TextList source, Match match, TextList keys)
      : source_(std::move(source)), match_(std::move(match)), keys_(std::move(keys)) {}

  bool test(Execution& execution) const override {
    ValueList values;
    std::size_t filled = 0; // :count counts strings that are not empty (RFC 5229 section 5)
    for (auto& value : values_of(source_, execution)) {
      if (!value.empty()) ++filled;
      values.add(std::move(value));
    }
    values.counted = filled;
    return run_match(execution, match_, values, keys_);
  }

private:
  TextList source_;
  Match match_;
  TextList keys_;
};

std::unique_ptr<Test> compile_string(Compiler& compiler, Arguments& arguments) {
  auto match = bind_match(compiler, arguments, arguments.strings(1));
  return std::make_unique<StringTest>(arguments.strings(0), std::move(match), arguments.strings(1));
}

constexpr Type two_strings[] = {Type::string, Type::string};
constexpr Type two_lists[] = {Type::strings, Type::strings};

constexpr TagSpec tags[] = {
    {.name = "lower", .precedence = 40, .modify = to_lower},
    {.name = "upper", .precedence = 40, .modify = to_upper},
    {.name = "lowerfirst", .precedence = 30, .modify = lower_first},
    {.name = "upperfirst", .precedence = 30, .modify = upper_first},
    {.name = "quotewildcard", .precedence = 20, .modify = quote_wildcard},
    {.name = "length", .precedence = 10, .modify = length_of},
};
constexpr CommandSpec commands[] = {
    {.name = "set", .positionals = two_strings, .groups = modifier_group, .compile = compile_set}};
constexpr TestSpec tests[] = {
    {.name = "string", .positionals = two_lists, .groups = matching_groups, .compile = compile_string}};

} // namespace

extern const Extension variables_extension;
constinit const Extension variables_extension = {.name = "variables",
                                                 .rfc = "5229",
                                                 .commands = commands,
                                                 .tests = tests,
                                                 .tags = tags,
                                                 .by_ihave = false,
                                                 .split_text = split};

} // namespace sieve
