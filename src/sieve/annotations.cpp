// SPDX-License-Identifier: MIT
#include "sieve/annotations.h"

#include "base/ascii.h"
#include "base/utf8.h"
#include "sieve/compiler.h"
#include "sieve/execution.h"
#include "sieve/match.h"

#include <algorithm>

namespace sieve {

bool is_annotation_name(std::string_view name) {
  if (!base::starts_with_ignoring_case(name, "/private/") &&
      !base::starts_with_ignoring_case(name, "/shared/"))
    return false;
  if (name.back() == '/' || name.find("//") != std::string_view::npos) return false;
  return std::all_of(name.begin(), name.end(), [](char c) {
    return c != '*' && c != '%' && !base::is_control(c) && static_cast<unsigned char>(c) < 0x80;
  });
}

namespace {

/// Whose annotations: nothing stands for the server.
using Owner = std::optional<Text>;

/// Nothing if there is none of that name, or it can be none, which is no error (the log tells).
std::optional<std::string> value_of(Execution& execution, const Owner& owner, const Text& name) {
  const std::string annotation = name.value(execution);
  if (!is_annotation_name(annotation)) {
    execution.warn(name.position, "`" + base::printable(annotation) + "' is no name of an annotation");
    return std::nullopt;
  }
  if (!owner) return execution.host().metadata("", annotation);
  const std::string mailbox = owner->value(execution);
  if (!mailbox.empty() && base::is_utf8(mailbox)) return execution.host().metadata(mailbox, annotation);
  execution.warn(owner->position, "the mailbox's name is empty or no UTF-8");
  return std::nullopt;
}

class AnnotationMatchesTest final : public Test {
public:
  AnnotationMatchesTest(Owner owner, Text annotation, Match match, TextList keys)
      : owner_(std::move(owner)), annotation_(std::move(annotation)), match_(std::move(match)),
        keys_(std::move(keys)) {}

  bool test(Execution& execution) const override {
    ValueList values;
    if (auto value = value_of(execution, owner_, annotation_)) values.add(std::move(*value));
    return run_match(execution, match_, values, keys_);
  }

private:
  Owner owner_;
  Text annotation_;
  Match match_;
  TextList keys_;
};

class AnnotationsExistTest final : public Test {
public:
  AnnotationsExistTest(Owner owner, TextList names) : owner_(std::move(owner)), names_(std::move(names)) {}

  bool test(Execution& execution) const override {
    return std::all_of(names_.begin(), names_.end(),
                       [&](const Text& one) { return value_of(execution, owner_, one).has_value(); });
  }

private:
  Owner owner_;
  TextList names_;
};

Owner owner_of(const Arguments& arguments, AnnotationsOf of) {
  return of == AnnotationsOf::mailbox ? Owner(arguments.string(0)) : std::nullopt;
}

void judge(Compiler& compiler, const Text& name) {
  if (!name.constant() || is_annotation_name(name.literal())) return;
  compiler.warning(name.position, "`" + base::printable(name.literal()) + "' is no name of an annotation");
}

} // namespace

std::unique_ptr<Test> compile_annotation_matches(Compiler& compiler, Arguments& arguments, AnnotationsOf of) {
  const std::size_t first = of == AnnotationsOf::mailbox ? 1 : 0;
  judge(compiler, arguments.string(first));
  auto match = bind_match(compiler, arguments, arguments.strings(first + 1));
  return std::make_unique<AnnotationMatchesTest>(owner_of(arguments, of), arguments.string(first),
                                                 std::move(match), arguments.strings(first + 1));
}

std::unique_ptr<Test> compile_annotations_exist(Compiler& compiler, Arguments& arguments, AnnotationsOf of) {
  const std::size_t first = of == AnnotationsOf::mailbox ? 1 : 0;
  for (const Text& name : arguments.strings(first)) judge(compiler, name);
  return std::make_unique<AnnotationsExistTest>(owner_of(arguments, of), arguments.strings(first));
}

} // namespace sieve
