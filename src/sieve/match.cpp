// SPDX-License-Identifier: MIT
#include "sieve/match.h"

#include "base/ascii.h"
#include "sieve/compiler.h"
#include "sieve/execution.h"

namespace sieve {

void MatchType::check(Compiler&, Match&, Position, const TextList&) const {}

namespace {

const Comparator* chosen_comparator(Compiler& compiler, const Arguments& arguments) {
  const TagUse* use = arguments.tag(TagGroup::comparator);
  if (use == nullptr) return nullptr;
  if (!use->string().constant()) {
    compiler.error(use->position, "the comparator must be a constant string");
    return nullptr;
  }
  const std::string name(use->string().literal());
  const Comparator* found = compiler.find_comparator(name);
  if (found != nullptr) return found;
  const bool known = find_extension("comparator-" + name) != nullptr;
  compiler.error(use->position, "unknown comparator `" + base::printable(name) + "'" +
                                    (known ? ": require \"comparator-" + name + "\" is missing" : ""));
  return nullptr;
}

} // namespace

Match bind_match(Compiler& compiler, const Arguments& arguments, const TextList& keys,
                 const Comparator& default_comparator) {
  Match match;
  match.type = &is_match();
  Position position = arguments.position();
  if (const TagUse* use = arguments.tag(TagGroup::match_type)) {
    match.tag = *use;
    match.type = use->spec->match_type;
    position = use->position;
  }
  const Comparator* comparator = chosen_comparator(compiler, arguments);
  match.comparator = comparator != nullptr ? comparator : &default_comparator;
  if (match.type->needs_substring() && !match.comparator->has_substring()) {
    compiler.error(position, "comparator `" + std::string(match.comparator->name) +
                                 "' cannot be used with :" + std::string(match.type->name));
  }
  match.captures = compiler.active("variables");
  match.type->check(compiler, match, position, keys);
  return match;
}

bool run_match(Execution& execution, const Match& match, const ValueList& values, const TextList& keys) {
  const ValueList key_list = value_list(keys, execution);
  const auto& key_values = key_list.items();
  execution.compared(values, key_values);
  execution.spend_work(values.items().size() * (key_values.size() + 16));
  return match.type->match(execution, match, values, key_values);
}

} // namespace sieve
