// SPDX-License-Identifier: MIT
// Numbers, dates and sizes that nothing can match.
#include "base/ascii.h"
#include "tools/lint/lint.h"

#include <algorithm>
#include <limits>

namespace tools {

namespace {

/// A part of a date whose values are a number of fixed width (RFC 5260 section 4.2).
struct DatePart {
  std::string_view name;
  std::size_t width;
  unsigned least, most;
};

constexpr DatePart date_parts[] = {
    {"year", 4, 0, 9999}, {"month", 2, 1, 12},  {"day", 2, 1, 31},    {"hour", 2, 0, 23},
    {"minute", 2, 0, 59}, {"second", 2, 0, 60}, {"weekday", 1, 0, 6},
};

std::string in_width(std::size_t number, std::size_t width) {
  std::string text = std::to_string(number);
  return std::string(width - std::min(width, text.size()), '0') + text;
}

void check_date_key(Lint& lint, const DatePart& part, const sieve::StringLiteral& key) {
  const auto number = base::parse_number(key.text);
  if (number && key.text.size() == part.width && *number >= part.least && *number <= part.most) return;
  const bool mended = number && *number >= part.least && *number <= part.most;
  lint.report(key.position,
              "this is never found: " + std::string(part.name) + " is a number from " +
                  in_width(part.least, part.width) + " to " + in_width(part.most, part.width),
              mended ? "write \"" + in_width(*number, part.width) + '"' : "");
}

void date_key(Lint& lint) {
  each_test(lint.script(), [&](const View& test) {
    if (!test.is("date") && !test.is("currentdate")) return;
    if (test.match_type() != "is" || test.comparator() == "i;ascii-numeric") return;
    const std::size_t index = test.is("date") ? 1 : 0;
    if (test.strings(index).empty()) return;
    for (const DatePart& part : date_parts) {
      if (!base::equal_ignoring_case(part.name, test.strings(index).front().text)) continue;
      for (const auto& key : test.strings(index + 1)) {
        if (lint.constant(key)) check_date_key(lint, part, key);
      }
    }
  });
}

/// The relation of :count and :value: "ge".
std::string relation(const View& test) {
  const TagView* tag = test.tag(sieve::TagGroup::match_type);
  if (tag == nullptr || tag->parameter == nullptr || tag->parameter->strings.empty()) return {};
  return base::lower(tag->parameter->strings.front().text);
}

void check_count(Lint& lint, const sieve::StringLiteral& key, const std::string& relation) {
  const auto number = base::parse_number(key.text);
  if (!number) {
    lint.report(key.position, ":count compares a number, and " + ticked(key.text) + " is none");
  } else if (*number == 0 && relation == "lt") {
    lint.report(key.position, "this is never true: nothing is less than 0 times there",
                "write :count \"eq\" for \"not there\"");
  } else if (*number == 0 && relation == "ge") {
    lint.report(key.position, "this is always true: everything is there 0 times or more",
                "write :count \"gt\" for \"there\"");
  }
}

void count_key(Lint& lint) {
  each_test(lint.script(), [&](const View& test) {
    if (!test.known || test.match_type() != "count" || test.positionals.empty()) return;
    for (const auto& key : test.strings(test.positionals.size() - 1)) {
      if (lint.constant(key)) check_count(lint, key, relation(test));
    }
  });
}

void numeric_key(Lint& lint) {
  each_test(lint.script(), [&](const View& test) {
    if (!test.known || test.comparator() != "i;ascii-numeric" || test.positionals.empty()) return;
    if (test.match_type() != "is" && test.match_type() != "value") return;
    for (const auto& key : test.strings(test.positionals.size() - 1)) {
      if (!lint.constant(key) || (!key.text.empty() && base::is_digit(key.text.front()))) continue;
      lint.report(key.position,
                  ticked(key.text) + " is no number: to i;ascii-numeric it is the same as every other text");
    }
  });
}

void text_comparison(Lint& lint) {
  each_test(lint.script(), [&](const View& test) {
    if (!test.known || test.match_type() != "value" || test.comparator() == "i;ascii-numeric") return;
    const auto order = relation(test);
    if (order == "eq" || order == "ne" || test.positionals.empty()) return;
    // Dates have a fixed width, and scores a comparator of their own.
    if (test.is("date") || test.is("currentdate") || test.is("spamtest") || test.is("virustest")) return;
    for (const auto& key : test.strings(test.positionals.size() - 1)) {
      if (!lint.constant(key) || !base::parse_number(key.text)) continue;
      lint.report(key.position, "this is compared as text, and as text \"9\" is greater than \"10\"",
                  "write :comparator \"i;ascii-numeric\" (require \"comparator-i;ascii-numeric\")");
      return;
    }
  });
}

/// What the size tests of an allof, and of allofs right in it, leave.
struct Range {
  std::uint64_t over = 0, under = std::numeric_limits<std::uint64_t>::max();
  bool has_over = false, has_under = false;
  sieve::Position last;
};

void narrow(Range& range, const sieve::Construct& list) {
  for (const auto& construct : list.tests) {
    const View test = view(construct, Kind::test);
    if (test.is("allof")) narrow(range, construct);
    if (!test.is("size") || test.positionals[0] == nullptr) continue;
    const auto number = test.positionals[0]->number;
    range.last = construct.position;
    if (test.tag("over") != nullptr) {
      range.over = std::max(range.over, number);
      range.has_over = true;
    } else if (test.tag("under") != nullptr) {
      range.under = std::min(range.under, number);
      range.has_under = true;
    }
  }
}

void size_range(Lint& lint) {
  each_test(lint.script(), [&](const View& test) {
    if (test.is("size") && test.tag("under") && test.positionals[0] && test.positionals[0]->number == 0) {
      lint.report(test.construct->position, "this is never true: no message is smaller than 0 octets");
    }
    if (!test.is("allof")) return;
    Range range;
    narrow(range, *test.construct);
    if (!range.has_over || !range.has_under || range.under > range.over + 1) return;
    lint.report(range.last,
                "this is never true: no message is both over " + std::to_string(range.over) + " and under " +
                    std::to_string(range.under) + " octets",
                range.under < range.over ? "exchange the numbers" : "");
  });
}

} // namespace

extern const Rule date_key_rule;
constinit const Rule date_key_rule = {"date-key", date_key};
extern const Rule count_key_rule;
constinit const Rule count_key_rule = {"count-key", count_key};
extern const Rule numeric_key_rule;
constinit const Rule numeric_key_rule = {"numeric-key", numeric_key};
extern const Rule text_comparison_rule;
constinit const Rule text_comparison_rule = {"text-comparison", text_comparison};
extern const Rule size_range_rule;
constinit const Rule size_range_rule = {"size-range", size_range};

} // namespace tools
