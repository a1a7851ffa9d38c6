// SPDX-License-Identifier: MIT
// vnd.lastmile.magic (lastmile-sieve(7)): complete; absent where the program was built without libmagic. The
// tests magic (what are the decoded octets of a part?) and disguised (does its label contradict that?).
// libmagic is loaded at the first of them, sees a megabyte at most, and a part that it fails on is
// application/octet-stream.
#include "base/ascii.h"
#include "config.h"
#include "mail/media_type.h"
#include "sieve/compiler.h"
#include "sieve/disguise.h"
#include "sieve/execution.h"
#include "sieve/match.h"
#include "sieve/parts.h"

namespace sieve {

namespace {

/// What was found out about the message as it is now.
struct Detections {
  Snapshot message;
  std::map<std::pair<const mail::Part*, mail::Aspect>, std::string> answers;
  bool failure_told = false;
};

/// Which parts a test looks at.
enum class Scope { message, part, part_and_inside };

std::vector<const mail::Part*> leaves(Execution& execution, Scope scope) {
  std::vector<const mail::Part*> found;
  const auto take = [&](const mail::Part& part) {
    if (part.children.empty() && part.has_body && !part.is_multipart()) found.push_back(&part);
  };
  if (scope == Scope::message) {
    each_part(execution.message().root(), take);
    return found;
  }
  const mail::Part* part = current_part(execution).part; // the message of this moment keeps it
  if (part != nullptr && scope == Scope::part) take(*part);
  if (part != nullptr && scope == Scope::part_and_inside) each_part(*part, take);
  return found;
}

const std::string& detect(Execution& execution, const mail::Part& part, mail::Aspect aspect) {
  auto& detections = execution.state().slots.get<Detections>();
  if (detections.message.get() != &execution.message()) {
    detections.message = execution.state().snapshot();
    detections.answers.clear();
  }
  const auto known = detections.answers.find({&part, aspect});
  if (known != detections.answers.end()) return known->second;
  execution.spend(200 + part.decoded().size() / 1024);
  auto detected = mail::detect(part.decoded(), aspect);
  if (!detected.error.empty() && !std::exchange(detections.failure_told, true)) {
    execution.warn({}, "magic: " + detected.error);
  }
  return detections.answers.emplace(std::pair(&part, aspect), std::move(detected.text)).first->second;
}

class MagicTest final : public Test {
public:
  MagicTest(Scope scope, mail::Aspect aspect, Match match, TextList keys)
      : scope_(scope), aspect_(aspect), match_(std::move(match)), keys_(std::move(keys)) {}

  bool test(Execution& execution) const override {
    ValueList values;
    for (const mail::Part* part : leaves(execution, scope_)) add(detect(execution, *part, aspect_), values);
    return run_match(execution, match_, values, keys_);
  }

private:
  void add(const std::string& answer, ValueList& values) const {
    if (aspect_ != mail::Aspect::extensions)
      values.add(answer);
    else if (!answer.empty())
      for (const auto extension : base::split(answer, '/')) values.add(std::string(extension));
  }

  Scope scope_;
  mail::Aspect aspect_;
  Match match_;
  TextList keys_;
};

class DisguisedTest final : public Test {
public:
  explicit DisguisedTest(Scope scope) : scope_(scope) {}

  bool test(Execution& execution) const override {
    for (const mail::Part* part : leaves(execution, scope_)) {
      const std::string file_name = part->file_name();
      const std::string type = declared_type(*part);
      const std::string& found = detect(execution, *part, mail::Aspect::media_type);
      if (is_disguised({type, file_name}, found, part->decoded())) return true;
    }
    return false;
  }

private:
  /// Empty where the sender said nothing: that a part without label is text is only assumed.
  static std::string declared_type(const mail::Part& part) {
    const auto* field = mail::find_field(part.fields, "Content-Type");
    if (field == nullptr) return {};
    return base::lower(mail::parse_parameters(field->value).value);
  }

  Scope scope_;
};

Scope scope_of(const Arguments& arguments) {
  if (arguments.tag("mime") == nullptr) return Scope::message;
  return arguments.tag("anychild") != nullptr ? Scope::part_and_inside : Scope::part;
}

std::unique_ptr<Test> compile_magic(Compiler& compiler, Arguments& arguments) {
  auto match = bind_match(compiler, arguments, arguments.strings(0));
  const auto aspect = arguments.tag("description") != nullptr ? mail::Aspect::description
                      : arguments.tag("extension") != nullptr ? mail::Aspect::extensions
                                                              : mail::Aspect::media_type;
  return std::make_unique<MagicTest>(scope_of(arguments), aspect, std::move(match), arguments.strings(0));
}

std::unique_ptr<Test> compile_disguised(Compiler&, Arguments& arguments) {
  return std::make_unique<DisguisedTest>(scope_of(arguments));
}

bool available(const Compiler&) {
#ifdef HAVE_MAGIC
  return true;
#else
  return false;
#endif
}

constexpr Type one_list[] = {Type::strings};
constexpr TagSpec magic_tags[] = {{.name = "mime"},
                                  {.name = "anychild", .wants = "mime"},
                                  {.name = "description", .excludes = "extension"},
                                  {.name = "extension"}};
constexpr TagSpec disguised_tags[] = {{.name = "mime"}, {.name = "anychild", .wants = "mime"}};
constexpr TestSpec tests[] = {{.name = "magic",
                               .positionals = one_list,
                               .groups = matching_groups,
                               .tags = magic_tags,
                               .compile = compile_magic},
                              {.name = "disguised", .tags = disguised_tags, .compile = compile_disguised}};

} // namespace

extern const Extension vnd_lastmile_magic_extension;
constinit const Extension vnd_lastmile_magic_extension = {
    .name = "vnd.lastmile.magic", .rfc = "lastmile-sieve(7)", .tests = tests, .available = available};

} // namespace sieve
