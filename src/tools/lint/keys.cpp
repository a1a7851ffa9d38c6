// SPDX-License-Identifier: MIT
// Names and keys that nothing can match, or everything.
#include "base/ascii.h"
#include "tools/lint/lint.h"

#include <algorithm>

namespace tools {

namespace {

bool has(std::string_view text, char c) { return text.find(c) != std::string_view::npos; }

bool is_field_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    const auto octet = static_cast<unsigned char>(c);
    return octet > 32 && octet < 127 && c != ':';
  });
}

void check_field_name(Lint& lint, const sieve::StringLiteral& name) {
  if (!lint.constant(name) || is_field_name(name.text)) return;
  std::string_view good = base::trim(name.text);
  while (!good.empty() && good.back() == ':') good.remove_suffix(1);
  const bool mended = is_field_name(good);
  lint.report(name.position,
              "no header field is called " + ticked(name.text) +
                  (mended && has(name.text, ':') ? ": the colon is not part of the name" : ""),
              mended ? "write \"" + std::string(good) + '"' : "");
}

void field_name(Lint& lint) {
  each_test(lint.script(), [&](const View& test) {
    if (!test.is("header") && !test.is("exists") && !test.is("address") && !test.is("date")) return;
    for (const auto& name : test.strings(0)) check_field_name(lint, name);
  });
}

/// What is wrong with comparing this with the part of an address; empty text: nothing.
std::pair<std::string, std::string> fault_of_key(std::string_view key, std::string_view part,
                                                 std::string_view match) {
  const auto less = key.find('<');
  const auto greater = key.find('>');
  if (less != std::string_view::npos && greater != std::string_view::npos && less + 1 < greater) {
    const std::string address(key.substr(less + 1, greater - less - 1));
    return {"an address is compared without its name and angle brackets", "write \"" + address + '"'};
  }
  const bool is_part = part == "domain" || part == "localpart" || part == "user";
  const auto at = key.rfind('@');
  if (is_part && at != std::string_view::npos) {
    const auto half = part == "domain" ? key.substr(at + 1) : key.substr(0, at);
    return {"there is no @ in what :" + std::string(part) + " compares",
            "write \"" + std::string(half) + '"'};
  }
  if (part == "all" && match == "is" && at == std::string_view::npos && has(key, '.')) {
    return {"the whole address is compared, and this has no @", "write :domain before it"};
  }
  return {};
}

void address_key(Lint& lint) {
  each_test(lint.script(), [&](const View& test) {
    if (!test.is("address") && !test.is("envelope")) return;
    const auto match = test.match_type();
    if (match != "is" && match != "contains" && match != "matches") return;
    const TagView* tag = test.tag(sieve::TagGroup::address_part);
    const auto part = tag == nullptr ? std::string_view("all") : tag->spec->name;
    for (const auto& name : test.strings(0)) {
      // Other parts of the envelope are no addresses.
      static constexpr std::string_view addresses[] = {"from", "to", "orig_to"};
      const auto same = [&](std::string_view one) { return base::equal_ignoring_case(one, name.text); };
      if (test.is("envelope") && std::none_of(std::begin(addresses), std::end(addresses), same)) return;
    }
    for (const auto& key : test.strings(1)) {
      if (!lint.constant(key)) continue;
      const auto [text, suggestion] = fault_of_key(key.text, part, match);
      if (!text.empty()) lint.report(key.position, "this matches no address: " + text, suggestion);
    }
  });
}

void contains_empty(Lint& lint) {
  each_test(lint.script(), [&](const View& test) {
    if (!test.known || test.match_type() != "contains" || test.positionals.empty()) return;
    const std::string name(test.form.name);
    for (const auto& key : test.strings(test.positionals.size() - 1)) {
      if (!key.text.empty()) continue;
      lint.report(key.position, "every value contains the empty string",
                  name == "header" || name == "address" ? "ask for the field with `exists'" : "");
    }
  });
}

/// Variables that are only ever set by `set :lower`.
std::set<std::string> lower_variables(const Lint& lint) {
  std::set<std::string> lower, other;
  each_command(lint.script(), [&](const View& command) {
    if (command.is("include")) other.insert("*");
    if (command.strings(0).empty()) return;
    const std::string name = base::lower(command.strings(0).front().text);
    const bool plain = command.is("set") && command.tag("lower") != nullptr && !command.tag("upperfirst");
    (plain ? lower : other).insert(name);
  });
  if (other.contains("*")) return {};
  std::erase_if(lower, [&](const std::string& name) { return other.contains(name); });
  return lower;
}

bool has_upper(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return base::to_lower(c) != c; });
}

void octet_case(Lint& lint) {
  const auto lower = lower_variables(lint);
  each_test(lint.script(), [&](const View& test) {
    if (!test.is("string") || test.comparator() != "i;octet") return;
    if (test.match_type() != "is" && test.match_type() != "contains") return;
    for (const auto& source : test.strings(0)) {
      const std::string text = base::lower(source.text);
      if (text.size() < 4 || text.substr(0, 2) != "${" || !lower.contains(text.substr(2, text.size() - 3)))
        return;
    }
    for (const auto& key : test.strings(1)) {
      if (lint.constant(key) && has_upper(key.text)) {
        lint.report(key.position,
                    "this is never found: the variable has no upper case, and i;octet tells it apart",
                    "write \"" + base::lower(key.text) + '"');
      }
    }
  });
}

} // namespace

extern const Rule field_name_rule;
constinit const Rule field_name_rule = {"field-name", field_name};
extern const Rule address_key_rule;
constinit const Rule address_key_rule = {"address-key", address_key};
extern const Rule contains_empty_rule;
constinit const Rule contains_empty_rule = {"contains-empty", contains_empty};
extern const Rule octet_case_rule;
constinit const Rule octet_case_rule = {"octet-case", octet_case};

} // namespace tools
