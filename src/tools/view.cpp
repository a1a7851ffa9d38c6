// SPDX-License-Identifier: MIT
#include "tools/view.h"

#include "base/ascii.h"

#include <algorithm>

namespace tools {

namespace {

template <class Made>
Form form_of(const sieve::Spec<Made>& spec, Kind kind) {
  return {spec.name, kind, spec.positionals, spec.optional, spec.optional_last, spec.groups, spec.tags};
}

/// The forms of that name: `notify` has two.
std::vector<Form> find_forms(Kind kind, std::string_view name) {
  std::vector<Form> found;
  for (const auto* extension : whole_language()) {
    for (const Form& form : forms(*extension, kind)) {
      if (base::equal_ignoring_case(form.name, name)) found.push_back(form);
    }
  }
  return found;
}

TagView find_tag(const Form& form, const sieve::Argument& argument) {
  const auto named = [&](const sieve::TagSpec& tag) {
    return base::equal_ignoring_case(tag.name, argument.tag);
  };
  for (const auto& tag : form.tags) {
    if (named(tag)) return {&tag, nullptr, &argument, nullptr};
  }
  for (const auto* extension : whole_language()) {
    for (const auto& tag : extension->tags) {
      if (named(tag) && lends(tag, form)) return {&tag, extension, &argument, nullptr};
    }
  }
  return {};
}

/// False if a tag is unknown or lacks its parameter. `next` then stands behind the tags.
bool sort_tags(View& view, std::size_t& next) {
  const auto& given = view.construct->arguments;
  while (next < given.size() && given[next].kind == sieve::Argument::Kind::tag) {
    TagView tag = find_tag(view.form, given[next++]);
    if (tag.spec == nullptr) return false;
    if (tag.spec->parameter != sieve::Type::none) {
      if (next == given.size()) return false;
      tag.parameter = &given[next++];
    }
    view.tags.push_back(tag);
  }
  return true;
}

bool sort_positionals(View& view, std::size_t next) {
  const auto& given = view.construct->arguments;
  const std::size_t most = view.form.positionals.size();
  const std::size_t count = given.size() - next;
  view.positionals.resize(most);
  if (count > most || count + view.form.optional + view.form.optional_last < most) return false;
  const std::size_t first = view.form.optional > 0 ? most - count : 0;
  for (std::size_t i = first; next < given.size(); ++i) view.positionals[i] = &given[next++];
  return true;
}

} // namespace

std::vector<const sieve::Extension*> whole_language() {
  const auto core = sieve::core_language();
  std::vector<const sieve::Extension*> all(core.begin(), core.end());
  const auto extensions = sieve::all_extensions();
  all.insert(all.end(), extensions.begin(), extensions.end());
  return all;
}

std::vector<Form> forms(const sieve::Extension& extension, Kind kind) {
  std::vector<Form> all;
  if (kind == Kind::command) {
    for (const auto& spec : extension.commands) all.push_back(form_of(spec, kind));
  } else {
    for (const auto& spec : extension.tests) all.push_back(form_of(spec, kind));
  }
  return all;
}

bool lends(const sieve::TagSpec& tag, const Form& form) {
  const auto group = tag.modify != nullptr ? sieve::modifier_group : static_cast<std::uint8_t>(tag.group);
  const auto commands = base::words(tag.commands);
  return (form.groups & group) != 0 ||
         std::find(commands.begin(), commands.end(), form.name) != commands.end();
}

const TagView* View::tag(std::string_view name) const {
  const auto found =
      std::find_if(tags.begin(), tags.end(), [&](const TagView& one) { return one.spec->name == name; });
  return found == tags.end() ? nullptr : &*found;
}

const TagView* View::tag(sieve::TagGroup group) const {
  const auto found =
      std::find_if(tags.begin(), tags.end(), [&](const TagView& one) { return one.spec->group == group; });
  return found == tags.end() ? nullptr : &*found;
}

std::string_view View::match_type() const {
  const TagView* found = tag(sieve::TagGroup::match_type);
  return found == nullptr ? "is" : found->spec->name;
}

std::string_view View::comparator() const {
  const TagView* found = tag(sieve::TagGroup::comparator);
  if (found == nullptr || found->parameter->strings.empty()) return "i;ascii-casemap";
  return found->parameter->strings.front().text;
}

const std::vector<sieve::StringLiteral>& View::strings(std::size_t index) const {
  static const std::vector<sieve::StringLiteral> none;
  return index < positionals.size() && positionals[index] != nullptr ? positionals[index]->strings : none;
}

View view(const sieve::Construct& construct, Kind kind) {
  View result;
  result.construct = &construct;
  for (const Form& form : find_forms(kind, construct.name)) {
    View tried{&construct, false, form, {}, {}};
    std::size_t next = 0;
    tried.known = sort_tags(tried, next) && sort_positionals(tried, next);
    if (tried.known) return tried;
    if (result.form.name.empty()) result = std::move(tried);
  }
  return result;
}

} // namespace tools
