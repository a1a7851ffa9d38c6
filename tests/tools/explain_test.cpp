// SPDX-License-Identifier: MIT
// Every command, test and tag of every extension has a sentence.
#include "tools/explain/phrases.h"
#include "tools/view.h"

#include "support/catch.h"

namespace {

using namespace tools;

void check_tag(const Form& form, const sieve::TagSpec& tag) {
  INFO(std::string(form.name) + " :" + std::string(tag.name));
  if (tag.group == sieve::TagGroup::match_type) {
    CHECK(match_phrase(tag.name) != nullptr);
  } else if (tag.group == sieve::TagGroup::address_part) {
    CHECK(!part_phrase(tag.name).empty());
  } else {
    CHECK(tag_phrase(phrase_name(form), tag.name) != nullptr);
  }
}

void check(const Form& form) {
  INFO(std::string(form.name));
  if (form.kind == Kind::command) {
    CHECK(!command_phrase(phrase_name(form)).empty());
  } else {
    const TestPhrase* phrase = test_phrase(form.name);
    REQUIRE(phrase != nullptr);
    const bool nests = form.name == "not" || form.name == "allof" || form.name == "anyof";
    const bool matches = (form.groups & static_cast<std::uint8_t>(sieve::TagGroup::match_type)) != 0;
    CHECK((matches || nests) == phrase->negative.empty());
  }
  for (const auto& tag : form.tags) check_tag(form, tag);
  for (const auto* extension : whole_language()) {
    for (const auto& tag : extension->tags) {
      if (lends(tag, form)) check_tag(form, tag);
    }
  }
}

} // namespace

TEST_CASE("everything that scripts can say has an explanation") {
  for (const auto* extension : whole_language()) {
    for (const auto kind : {Kind::command, Kind::test}) {
      for (const Form& form : forms(*extension, kind)) check(form);
    }
  }
}
