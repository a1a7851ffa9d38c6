// SPDX-License-Identifier: MIT
// What commands, tests and tags are in English. A new extension adds lines to the tables of phrases.cpp; a
// test fails as long as it has none.
//
// In a text, {0} is the first argument, its strings joined by "or", and {} the parameter of a tag.
// {0&} joins by "and"; {0f} are names of header fields, {0g} flags, {part} is the part of an address.
#pragma once

#include "tools/view.h"

#include <string>
#include <string_view>

namespace tools {

struct TestPhrase {
  std::string_view name;
  /// What a test with a match type compares ("the size"); of any other test what it says ("there is {0f}").
  std::string_view text;
  std::string_view negative = {}; // of a test without match type
};

struct MatchPhrase {
  std::string_view name, text, negative;
};

/// Under which a command and its tags are looked up: "NAME()" for the older form of `notify`.
std::string phrase_name(const Form& form);
/// Each null or empty where nothing is known.
std::string_view command_phrase(std::string_view name);
const TestPhrase* test_phrase(std::string_view name);
/// What a tag adds; "" where it adds nothing, null where it is not known. `of` is a command's or test's name.
const std::string_view* tag_phrase(std::string_view of, std::string_view tag);
/// :is, :contains ...; and the relations of :value and :count.
const MatchPhrase* match_phrase(std::string_view name);
std::string_view part_phrase(std::string_view name);

} // namespace tools
