// SPDX-License-Identifier: MIT
// extlists (RFC 6134): complete. The match type :list, valid_ext_list, and redirect :list, which sends to
// every member and counts each against the limit of redirects. What a value must look like to be in a list is
// the list's affair: a comparator has no say. A list that does not exist contains nothing, with a warning;
// redirect to it is an error. A match sets ${0} to the value that was found.
#include "base/ascii.h"
#include "sieve/compiler.h"
#include "sieve/execution.h"
#include "sieve/match.h"

#include <algorithm>

namespace sieve {

namespace {

class ListMatch final : public MatchType {
public:
  constexpr ListMatch() : MatchType("list") {}

  bool match(Execution& execution, const Match& match, const ValueList& values,
             const std::vector<std::string>& keys) const override {
    for (const auto value : values.items()) {
      const auto holds = [&](const std::string& list) { return contains(execution, match, list, value); };
      if (std::none_of(keys.begin(), keys.end(), holds)) continue;
      if (match.captures) execution.match_values = {std::string(value)};
      return true;
    }
    return false;
  }

private:
  static bool contains(Execution& execution, const Match& match, const std::string& list,
                       std::string_view value) {
    const auto found = execution.host().list_contains(list, std::string(value));
    if (!found) execution.warn(match.tag.position, "there is no list `" + base::printable(list) + "'");
    return found.value_or(false);
  }
};

constinit const ListMatch list_match;

class ValidListTest final : public Test {
public:
  explicit ValidListTest(TextList lists) : lists_(std::move(lists)) {}

  bool test(Execution& execution) const override {
    return std::all_of(lists_.begin(), lists_.end(), [&](const Text& list) {
      return execution.host().list_contains(list.value(execution), "").has_value();
    });
  }

private:
  TextList lists_;
};

std::unique_ptr<Test> compile_valid_ext_list(Compiler&, Arguments& arguments) {
  return std::make_unique<ValidListTest>(arguments.strings(0));
}

std::vector<std::string> members(Execution& execution, const TagUse& tag, const std::string& list) {
  auto found = execution.host().list_members(list);
  if (found) return std::move(*found);
  throw ScriptError(tag.position, "there is no list `" + base::printable(list) + "' to be sent to");
}

constexpr Type one_list[] = {Type::strings};
constexpr TestSpec tests[] = {
    {.name = "valid_ext_list", .positionals = one_list, .compile = compile_valid_ext_list}};
constexpr TagSpec tags[] = {
    {.name = "list", .group = TagGroup::match_type, .match_type = &list_match},
    {.name = "list", .commands = "redirect", .recipients = members},
};
constexpr SettingSpec settings[] = {
    {"sieve_extlists_list/NAME/name", "", "name by which scripts know the list NAME"},
    {"sieve_extlists_list/NAME/max_lookup_size", "", "longest value that is looked up in it"},
    {"sieve_extlists_list/NAME/dict/file/driver", "", "how it is stored: \"file\"; without one it is empty"},
    {"sieve_extlists_list/NAME/dict/file/path", "", "the file that holds it"},
};

} // namespace

extern const Extension extlists_extension;
constinit const Extension extlists_extension = {
    .name = "extlists", .rfc = "6134", .tests = tests, .tags = tags, .settings = settings};

} // namespace sieve
