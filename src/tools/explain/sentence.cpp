// SPDX-License-Identifier: MIT
#include "tools/explain/sentence.h"

#include "base/ascii.h"
#include "tools/explain/phrases.h"

#include <algorithm>

namespace tools {

namespace {

struct FlagPhrase {
  std::string_view flag, text;
};
constexpr FlagPhrase flags[] = {{"\\seen", "as read"},         {"\\flagged", "as important"},
                                {"\\answered", "as answered"}, {"\\deleted", "as deleted"},
                                {"\\draft", "as a draft"},     {"$junk", "as spam"},
                                {"$notjunk", "as no spam"}};

/// A string on one line, cut where it is long.
std::string in_quotes(std::string_view text) {
  std::string line;
  for (const auto word : base::words(text)) line += (line.empty() ? "" : " ") + std::string(word);
  if (text.find_first_of("\r\n") == std::string_view::npos) line = text;
  return '"' + base::printable(line) + '"';
}

std::string flag_name(std::string_view flag) {
  const auto* const found = std::find_if(std::begin(flags), std::end(flags), [&](const FlagPhrase& one) {
    return base::equal_ignoring_case(one.flag, flag);
  });
  return found == std::end(flags) ? "with " + in_quotes(flag) : std::string(found->text);
}

std::string field_name(std::string_view name) {
  if (base::equal_ignoring_case(name, "subject")) return "the subject";
  return "the field " + base::printable(name);
}

std::string joined(const std::vector<std::string>& items, std::string_view last) {
  std::string text;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) text += i + 1 == items.size() ? ' ' + std::string(last) + ' ' : std::string(", ");
    text += items[i];
  }
  return text;
}

std::string number(std::uint64_t value) {
  static constexpr std::string_view units[] = {"", "K", "M", "G"};
  std::size_t unit = 0;
  for (; unit < 3 && value > 0 && value % 1024 == 0; ++unit) value /= 1024;
  return std::to_string(value) + std::string(units[unit]);
}

/// `style`: how the strings are shown: 'f' fields, 'g' flags, '&' joined by "and".
std::string shown(const sieve::Argument* argument, std::string_view style) {
  if (argument == nullptr) return {};
  if (argument->kind == sieve::Argument::Kind::number) return number(argument->number);
  const auto has = [&](char c) { return style.find(c) != std::string_view::npos; };
  std::vector<std::string> items;
  for (const auto& literal : argument->strings) {
    if (has('g')) {
      for (const auto flag : base::words(literal.text)) items.push_back(flag_name(flag));
    } else {
      items.push_back(has('f') ? field_name(literal.text) : in_quotes(literal.text));
    }
  }
  return joined(items, has('&') || has('g') ? "and" : "or");
}

/// The phrase with its places filled in: see phrases.h.
std::string filled(std::string_view phrase, const View& view, const sieve::Argument* parameter) {
  std::string text;
  while (!phrase.empty()) {
    const auto open = std::min(phrase.find('{'), phrase.size());
    text += phrase.substr(0, open);
    phrase.remove_prefix(open);
    if (phrase.empty()) break;
    const auto close = phrase.find('}');
    std::string_view place = phrase.substr(1, close - 1);
    phrase.remove_prefix(close + 1);
    if (place == "part") {
      const TagView* part = view.tag(sieve::TagGroup::address_part);
      text += part_phrase(part == nullptr ? "all" : part->spec->name);
    } else if (!place.empty() && base::is_digit(place.front())) {
      const auto index = static_cast<std::size_t>(place.front() - '0');
      text += index < view.positionals.size() ? shown(view.positionals[index], place.substr(1)) : "";
    } else {
      text += shown(parameter, place);
    }
  }
  return text;
}

/// What the tags add, those of match types and address parts aside.
std::string with_tags(std::string text, const View& view) {
  for (const TagView& tag : view.tags) {
    const auto* phrase = tag.spec->group == sieve::TagGroup::none
                             ? tag_phrase(phrase_name(view.form), tag.spec->name)
                             : nullptr;
    if (phrase != nullptr && !phrase->empty()) {
      const auto* parameter =
          tag.parameter == nullptr && view.is("size") ? view.positionals[0] : tag.parameter;
      text += ' ' + filled(*phrase, view, parameter);
    }
  }
  return text;
}

std::string unknown(const sieve::Construct& construct) {
  return "do `" + base::printable(construct.name) + "'";
}

bool has_match_type(const View& view) {
  return (view.form.groups & static_cast<std::uint8_t>(sieve::TagGroup::match_type)) != 0;
}

/// How `subject` is compared with the keys.
std::string comparison(const View& view, const std::string& subject, bool negated) {
  const TagView* type = view.tag(sieve::TagGroup::match_type);
  const bool relational = type != nullptr && type->parameter != nullptr && !type->parameter->strings.empty();
  const auto* phrase = match_phrase(view.match_type());
  if (relational) phrase = match_phrase(base::lower(type->parameter->strings.front().text));
  const std::string before = view.match_type() == "count" ? "the number of values of " : "";
  const auto* keys = view.positionals.empty() ? nullptr : view.positionals.back();
  std::string text =
      before + subject + ' ' + std::string(negated ? phrase->negative : phrase->text) + ' ' + shown(keys, "");
  if (view.comparator() == "i;octet") text += " (upper and lower case are different)";
  if (view.comparator() == "i;ascii-numeric" && !relational) text += " (as a number)";
  return text;
}

/// allof or anyof, or one of them behind `not`.
bool is_list(const sieve::Construct& test) {
  return test.test_list || (test.tests.size() == 1 && is_list(test.tests.front()));
}

std::string list_condition(const sieve::Construct& list, bool all, bool negated) {
  // Not (a or b) is not a, and not b.
  std::vector<std::string> items;
  for (const auto& test : list.tests) {
    const std::string item = condition(test, negated);
    items.push_back(list.tests.size() > 1 && is_list(test) ? '(' + item + ')' : item);
  }
  const std::string_view word = all != negated ? " and " : " or ";
  std::string text;
  for (const auto& item : items) text += (text.empty() ? "" : std::string(word)) + item;
  return text;
}

} // namespace

std::string command_sentence(const sieve::Construct& command) {
  const View whole = view(command, Kind::command);
  if (!whole.known) return unknown(command);
  std::string text = with_tags(filled(command_phrase(phrase_name(whole.form)), whole, nullptr), whole);
  const bool flag_variable = whole.form.name.ends_with("flag") && whole.positionals[0] != nullptr;
  if (flag_variable) text += " (only in the variable " + shown(whole.positionals[0], "") + ')';
  if (whole.is("deleteheader") && whole.positionals[1] != nullptr)
    text += " of which " + comparison(whole, "the value", false);
  return text;
}

std::string condition(const sieve::Construct& test, bool negated) {
  const View whole = view(test, Kind::test);
  const TestPhrase* phrase = whole.known ? test_phrase(whole.form.name) : nullptr;
  if (phrase == nullptr) return (negated ? "not `" : "`") + base::printable(test.name) + '\'';
  if (whole.is("not") && test.tests.size() == 1) return condition(test.tests.front(), !negated);
  if (whole.is("allof") || whole.is("anyof")) return list_condition(test, whole.is("allof"), negated);
  if (has_match_type(whole))
    return comparison(whole, with_tags(filled(phrase->text, whole, nullptr), whole), negated);
  return with_tags(filled(negated ? phrase->negative : phrase->text, whole, nullptr), whole);
}

} // namespace tools
