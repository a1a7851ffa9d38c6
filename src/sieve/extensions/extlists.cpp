// SPDX-License-Identifier: MIT
// extlists (RFC 6134): complete. The match type :list, for every test that takes a match type,
// valid_ext_list, and redirect :list, which sends to every member and counts each against the limit of
// redirects. What a value must look like to be in a list is the list's affair: a comparator beside :list is
// an error. So is asking a list that there is not, at run time; ":addrbook:default" always is one, if an
// empty one. A match sets ${0} to the value as the list has it, if the list can tell.
#include "base/ascii.h"
#include "sieve/compiler.h"
#include "sieve/execution.h"
#include "sieve/list_name.h"
#include "sieve/match.h"

#include <algorithm>

namespace sieve {

namespace {

/// Nothing if there is no such list.
std::optional<bool> contains(const Execution& execution, std::string_view list, std::string_view value) {
  const std::string name = canonical_list_name(list);
  const auto found = execution.host().list_contains(name, std::string(value));
  return !found && name == default_address_book ? false : found;
}

std::optional<std::vector<std::string>> members_of(const Execution& execution, std::string_view list) {
  return execution.host().list_members(canonical_list_name(list));
}

class ListMatch final : public MatchType {
public:
  constexpr ListMatch() : MatchType("list") {}

  bool match(Execution& execution, const Match& match, const ValueList& values,
             const std::vector<std::string_view>& keys) const override {
    for (const auto list : keys) {
      if (!contains(execution, list, ""))
        throw ScriptError(match.tag.position, "there is no list `" + base::printable(list) + "'");
    }
    for (const auto value : values.items()) {
      const auto holds = [&](std::string_view list) { return *contains(execution, list, value); };
      const auto list = std::find_if(keys.begin(), keys.end(), holds);
      if (list == keys.end()) continue;
      if (match.captures) execution.match_values = {member(execution, *list, value)};
      return true;
    }
    return false;
  }

private:
  /// The value in the list that matched (section 2.2).
  static std::string member(const Execution& execution, std::string_view list, std::string_view value) {
    for (auto& one : members_of(execution, list).value_or(std::vector<std::string>())) {
      if (base::equal_ignoring_case(one, value)) return std::move(one);
    }
    return std::string(value);
  }
};

constinit const ListMatch list_match;

class ValidListTest final : public Test {
public:
  explicit ValidListTest(TextList lists) : lists_(std::move(lists)) {}

  bool test(Execution& execution) const override {
    return std::all_of(lists_.begin(), lists_.end(), [&](const Text& list) {
      return contains(execution, list.value(execution), "").has_value();
    });
  }

private:
  TextList lists_;
};

std::unique_ptr<Test> compile_valid_ext_list(Compiler&, Arguments& arguments) {
  return std::make_unique<ValidListTest>(arguments.strings(0));
}

std::vector<std::string> members(Execution& execution, const TagUse& tag, const std::string& list) {
  auto found = members_of(execution, list);
  if (found) return std::move(*found);
  throw ScriptError(tag.position, "there is no list `" + base::printable(list) + "' to be sent to");
}

constexpr Type one_list[] = {Type::strings};
constexpr TestSpec tests[] = {
    {.name = "valid_ext_list", .positionals = one_list, .compile = compile_valid_ext_list}};
constexpr TagSpec tags[] = {
    {.name = "list", .group = TagGroup::match_type, .excludes = "comparator", .match_type = &list_match},
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
