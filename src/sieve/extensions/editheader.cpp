// SPDX-License-Identifier: MIT
// editheader (RFC 5293): complete. addheader and deleteheader change the message that later tests and actions
// see; an action taken before keeps what it had. Received, Auto-Submitted and what replace (RFC 5703) keeps
// as Original-Subject and Original-From are never deleted, and settings can protect more fields, Subject
// excepted; an attempt is ignored with a warning (section 6). A value is written on one logical line and
// encoded where it must be, so that it cannot bring fields of its own.
#include "base/ascii.h"
#include "base/utf8.h"
#include "sieve/compiler.h"
#include "sieve/execution.h"
#include "sieve/fields.h"
#include "sieve/match.h"
#include "sieve/setting_value.h"
#include "sieve/settings.h"

#include <algorithm>

namespace sieve {

namespace {

constexpr std::uint64_t least_max_size = 1024;

constexpr SettingSpec settings[] = {
    {"sieve_editheader_max_header_size", "2048",
     "octets of a field, name and value, that addheader may add; at least 1024"},
    {"sieve_editheader_header", "",
     "names of further fields that have settings of their own, blank-separated"},
    {"sieve_editheader_header/NAME/forbid_add", "no", "addheader leaves this field out"},
    {"sieve_editheader_header/NAME/forbid_delete", "no", "deleteheader leaves this field alone"},
};

std::uint64_t max_size(const Host* host) {
  const auto set = host == nullptr ? std::nullopt : parse_size(setting_value(*host, settings[0]));
  return std::max(set.value_or(2 * least_max_size), least_max_size);
}

/// Does a setting forbid `what` ("forbid_add") for this field?
bool is_forbidden(const Host& host, const std::string& name, const std::string& what) {
  if (base::equal_ignoring_case(name, "Subject")) return false; // section 6
  const std::string prefix(settings[1].name);
  const auto forbids = [&](const std::string& entry) {
    return setting_flag(host, {prefix + '/' + entry + '/' + what, "no", ""});
  };
  const std::string listed = host.setting(prefix);
  for (const auto word : base::words(listed)) {
    const std::string entry(word);
    const std::string other_name = host.setting(prefix + '/' + entry + "/name");
    if (base::equal_ignoring_case(other_name.empty() ? entry : other_name, name) && forbids(entry))
      return true;
  }
  return forbids(name) || forbids(base::lower(name));
}

/// Section 6; RFC 5703 section 5.
bool is_protected(const std::string& name) {
  static constexpr std::string_view names[] = {"Received", "Auto-Submitted", "Original-Subject",
                                               "Original-From"};
  return std::any_of(std::begin(names), std::end(names), [&](std::string_view protected_name) {
    return base::equal_ignoring_case(name, protected_name);
  });
}

std::string no_field_name(std::string_view name) {
  return "`" + base::printable(name) + "' is no valid name of a header field";
}

/// One logical line: a line end becomes a blank.
std::string one_line(std::string_view value) {
  std::string line;
  for (const char c : base::trim(value)) {
    if (c != '\r' && c != '\n') {
      line += c;
    } else if (line.empty() || !base::is_blank(line.back())) {
      line += ' ';
    }
  }
  return base::to_valid_utf8(line);
}

/// The name, checked where it is known at compile time.
bool good_name(Compiler& compiler, const Text& name) {
  if (!name.constant() || mail::is_field_name(name.literal())) return true;
  compiler.error(name.position, no_field_name(name.literal()));
  return false;
}

std::string name_of(Execution& execution, const Text& text) {
  std::string name = text.value(execution);
  if (!mail::is_field_name(name)) throw ScriptError(text.position, no_field_name(name));
  return name;
}

std::string too_long(std::uint64_t limit) {
  return "addheader: the field is longer than " + std::to_string(limit) + " octets";
}

class AddHeader final : public Command {
public:
  AddHeader(Text field, Text value, bool last)
      : name_(std::move(field)), value_(std::move(value)), last_(last) {}

  Flow run(Execution& execution) const override {
    const std::string field = name_of(execution, name_);
    const std::string value = one_line(value_.value(execution));
    const auto limit = max_size(&execution.host());
    if (field.size() + value.size() > limit) throw ScriptError(value_.position, too_long(limit));
    if (is_forbidden(execution.host(), field, "forbid_add")) {
      execution.warn(name_.position, "addheader: field `" + field + "' may not be added");
      return Flow::next;
    }
    execution.spend_work(3 * execution.message().fields().size()); // an edit copies the header
    mail::EditedMessage& message = execution.state().edit();
    message.insert_field(last_ ? message.fields().size() : 0, field, value);
    return Flow::next;
  }

private:
  Text name_;
  Text value_;
  bool last_;
};

std::unique_ptr<Command> compile_addheader(Compiler& compiler, Arguments& arguments) {
  const Text& name = arguments.string(0);
  const Text& value = arguments.string(1);
  if (!good_name(compiler, name)) return nullptr;
  const auto limit = max_size(compiler.options().host);
  if (value.constant() && name.constant() &&
      name.literal().size() + one_line(value.literal()).size() > limit) {
    compiler.error(value.position, too_long(limit));
    return nullptr;
  }
  return std::make_unique<AddHeader>(name, value, arguments.tag("last") != nullptr);
}

class DeleteHeader final : public Command {
public:
  explicit DeleteHeader(Text field) : name_(std::move(field)) {}

  std::uint64_t index = 0; // 0: all of that name
  bool last = false;
  Match match;
  std::optional<TextList> patterns;

  Flow run(Execution& execution) const override {
    const std::string field = name_of(execution, name_);
    const auto doomed = selected(execution, field);
    if (doomed.empty()) return Flow::next;
    if (is_protected(field) || is_forbidden(execution.host(), field, "forbid_delete")) {
      execution.warn(name_.position, "deleteheader: field `" + field + "' may not be deleted");
      return Flow::next;
    }
    execution.spend_work((3 + doomed.size()) * execution.message().fields().size());
    mail::EditedMessage& message = execution.state().edit();
    for (auto place = doomed.rbegin(); place != doomed.rend(); ++place) message.erase_field(*place);
    return Flow::next;
  }

private:
  /// Where in the header those to be deleted stand. :index is counted before the patterns are looked at.
  std::vector<std::size_t> selected(Execution& execution, const std::string& field) const {
    const FieldList& fields = execution.message().fields();
    execution.spend_work(fields.size());
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < fields.size(); ++i) {
      if (base::equal_ignoring_case(fields[i].name, field)) places.push_back(i);
    }
    if (index > places.size()) return {};
    if (index > 0) places = {last ? places[places.size() - index] : places[index - 1]};
    if (!patterns) return places;
    const ValueList list = value_list(*patterns, execution);
    const auto& keys = list.items();
    std::erase_if(places, [&](std::size_t place) { return !matches(execution, fields[place], keys); });
    return places;
  }

  bool matches(Execution& execution, const mail::Field& field,
               const std::vector<std::string_view>& keys) const {
    execution.spend_work(16 + field.value.size() * (keys.size() + 1));
    ValueList values;
    values.add(mail::decode_header(field.value));
    return match.type->match(execution, match, values, keys);
  }

  Text name_;
};

std::unique_ptr<Command> compile_deleteheader(Compiler& compiler, Arguments& arguments) {
  if (!good_name(compiler, arguments.string(0))) return nullptr;
  auto node = std::make_unique<DeleteHeader>(arguments.string(0));
  if (const TagUse* index = arguments.tag("index")) node->index = index->number;
  node->last = arguments.tag("last") != nullptr;
  if (!arguments.has(1)) return node; // comparator and match type are then ignored (section 5)
  node->patterns = arguments.strings(1);
  node->match = bind_match(compiler, arguments, *node->patterns);
  node->match.captures = false; // it is no test
  return node;
}

void check_index(Compiler& compiler, const TagUse& tag) {
  if (tag.number == 0) compiler.error(tag.position, "tag :index counts from 1");
}

constexpr Type two_strings[] = {Type::string, Type::string};
constexpr Type name_and_patterns[] = {Type::string, Type::strings};
constexpr TagSpec add_tags[] = {{.name = "last"}};
constexpr TagSpec delete_tags[] = {{.name = "index", .parameter = Type::number, .check = check_index},
                                   {.name = "last", .wants = "index"}};
constexpr CommandSpec commands[] = {
    {.name = "addheader", .positionals = two_strings, .tags = add_tags, .compile = compile_addheader},
    {.name = "deleteheader",
     .positionals = name_and_patterns,
     .optional_last = 1,
     .groups = matching_groups,
     .tags = delete_tags,
     .compile = compile_deleteheader}};

} // namespace

extern const Extension editheader_extension;
constinit const Extension editheader_extension = {
    .name = "editheader", .rfc = "5293", .commands = commands, .settings = settings};

} // namespace sieve
