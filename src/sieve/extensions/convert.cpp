// SPDX-License-Identifier: MIT
// convert (RFC 6558): complete, as command and as test. Inside foreverypart it converts the current part,
// outside every part of that type. Done here: text/html to text/plain, and any text type to itself, both with
// the parameter "charset" (RFC 5259), else UTF-8. All other conversions are a program's that the
// administrator provides: "convert-image-tiff-to-image-jpeg" gets the decoded part as its input, the
// parameters as its arguments, and writes the new one. If one part cannot be converted none is, with a
// warning, and the test is false; it is true where there was nothing to convert.
#include "base/ascii.h"
#include "base/utf8.h"
#include "mail/charset.h"
#include "sieve/compiler.h"
#include "sieve/entity.h"
#include "sieve/execution.h"
#include "sieve/parts.h"

#include <algorithm>

namespace sieve {

namespace {

struct Content {
  std::string octets;
  std::string content_type; // with its parameters
  bool text = false;        // lines of a superset of ASCII
};

/// One conversion, its strings evaluated.
struct Conversion {
  std::string from, to; // lower case
  std::vector<std::string> parameters;

  bool is_text() const {
    return from.starts_with("text/") && (to == from || (from == "text/html" && to == "text/plain"));
  }
  /// "x=y" without its "x="; nothing if it is not there.
  std::optional<std::string> parameter(std::string_view name) const {
    for (const auto& text : parameters) {
      const auto equals = text.find('=');
      if (equals != std::string::npos && base::equal_ignoring_case(text.substr(0, equals), name))
        return text.substr(equals + 1);
    }
    return std::nullopt;
  }
  std::string program() const { return "convert-" + dashed(from) + "-to-" + dashed(to); }

private:
  static std::string dashed(std::string type) {
    std::replace(type.begin(), type.end(), '/', '-');
    return type;
  }
};

/// "type/subtype" in characters that a file's name may have.
bool is_media_type(std::string_view text) {
  const auto fits = [](char c) {
    return base::is_alnum(c) || std::string_view("/.+-_").find(c) != std::string_view::npos;
  };
  return std::count(text.begin(), text.end(), '/') == 1 && text.front() != '/' && text.back() != '/' &&
         std::all_of(text.begin(), text.end(), fits);
}

/// Nothing, and why, if it cannot be done.
std::optional<Content> convert_text(const Conversion& conversion, const mail::Part& part, std::string& why) {
  const auto wanted = conversion.parameter("charset");
  const std::string charset = base::lower(wanted.value_or("utf-8"));
  if (conversion.parameters.size() > (wanted ? 1 : 0)) {
    why = "\"charset\" is the only parameter for text";
    return std::nullopt;
  }
  if (!is_readable(part) || !is_media_type("x/" + charset) || !mail::is_known_charset(charset)) {
    why = "a charset or transfer encoding is not known";
    return std::nullopt;
  }
  const bool same = conversion.from == conversion.to;
  auto octets = mail::from_utf8(same ? part.text() : part.plain_text(), charset);
  const bool superset = mail::from_utf8("A\n", charset) == "A\n";
  return Content{octets.value_or(""), conversion.to + "; charset=" + charset, superset};
}

std::optional<Content> convert_by_program(Execution& execution, const Conversion& conversion,
                                          const mail::Part& part, std::string& why) {
  if (!execution.host().has_programs()) {
    why = "no programs are allowed";
    return std::nullopt;
  }
  auto result = execution.host().run_program(
      {"convert", conversion.program(), conversion.parameters, std::string(part.decoded())});
  if (!result.succeeded) {
    why = result.error;
    return std::nullopt;
  }
  const bool text = conversion.to.starts_with("text/") && base::is_utf8(result.output);
  return Content{std::move(result.output), conversion.to + (text ? "; charset=utf-8" : ""), text};
}

/// The entity in place of the part: its other Content- fields stay, but for a file name that tells of the old
/// type.
Entity entity_of(const mail::Part& part, const Content& content, std::string_view line_end) {
  std::string kept;
  for (const mail::Field& field : part.fields) {
    const auto is = [&](std::string_view name) { return base::equal_ignoring_case(field.name, name); };
    if (!base::starts_with_ignoring_case(field.name, "Content-") || is("Content-Type") ||
        is("Content-Transfer-Encoding") || is("Content-MD5"))
      continue;
    if (is("Content-Disposition")) {
      kept.append("Content-Disposition: ").append(mail::parse_parameters(field.value).value).append(line_end);
    } else {
      kept += field.raw;
    }
  }
  Entity entity = content.text ? text_entity(content.octets, content.content_type, line_end, &part)
                               : binary_entity(content.octets, content.content_type, line_end);
  entity.fields += kept;
  return entity;
}

/// The octets to stand at the part's place. Nothing, with a warning, if it cannot be converted.
std::optional<std::string> convert_part(Execution& execution, Position position, const Conversion& conversion,
                                        const PartPath& path) {
  const Snapshot message = execution.state().snapshot();
  const mail::Part& part = *find_part(message->root(), path);
  execution.spend_work(message->size() / 6);
  std::string why;
  const auto content = conversion.is_text() ? convert_text(conversion, part, why)
                                            : convert_by_program(execution, conversion, part, why);
  if (!content) {
    execution.warn(position, "convert: " + conversion.from + " to " + conversion.to + ": " + why);
    return std::nullopt;
  }
  const auto line_end = line_end_of(*message);
  return with_content(part, entity_of(part, *content, line_end), line_end);
}

/// All of them or none (section 2). No part lies inside another: each keeps its path when others change.
bool convert_parts(Execution& execution, Position position, const Conversion& conversion,
                   const std::vector<PartPath>& paths) {
  std::vector<std::string> converted;
  for (const auto& path : paths) {
    auto octets = convert_part(execution, position, conversion, path);
    if (!octets) return false;
    converted.push_back(std::move(*octets));
  }
  for (std::size_t i = 0; i < paths.size(); ++i) {
    mail::EditedMessage& edited = execution.state().edit();
    edited.replace_part(*find_part(edited.root(), paths[i]), std::move(converted[i]));
  }
  return true;
}

void find_parts(const mail::Part& part, const std::string& type, PartPath& path,
                std::vector<PartPath>& found) {
  if (part.children.empty() && part.media_type() == type) found.push_back(path);
  for (std::size_t i = 0; i < part.children.size(); ++i) {
    path.push_back(i);
    find_parts(*part.children[i], type, path, found);
    path.pop_back();
  }
}

struct Convert {
  Text from, to;
  TextList parameters;

  bool run(Execution& execution, Position position) const {
    Conversion conversion{base::lower(from.value(execution)), base::lower(to.value(execution)),
                          values_of(parameters, execution)};
    std::erase(conversion.parameters, "");
    if (!is_media_type(conversion.from) || !is_media_type(conversion.to)) {
      throw ScriptError(position, "convert: a media type is written \"type/subtype\"");
    }
    std::vector<PartPath> paths;
    PartView view = current_part(execution);
    if (in_part_loop(execution)) {
      if (view.part != nullptr && view.part->children.empty() && view.part->media_type() == conversion.from)
        paths.push_back(view.path);
    } else {
      find_parts(*view.part, conversion.from, view.path, paths);
    }
    return convert_parts(execution, position, conversion, paths);
  }
};

class ConvertCommand final : public Command {
public:
  explicit ConvertCommand(Convert convert) : convert_(std::move(convert)) {}
  Flow run(Execution& execution) const override {
    convert_.run(execution, position);
    return Flow::next;
  }

private:
  Convert convert_;
};

class ConvertTest final : public Test {
public:
  explicit ConvertTest(Convert convert) : convert_(std::move(convert)) {}
  bool test(Execution& execution) const override { return convert_.run(execution, position); }

private:
  Convert convert_;
};

template <class Node, class Made>
std::unique_ptr<Made> compile(Compiler& compiler, Arguments& arguments) {
  Convert convert{arguments.string(0), arguments.string(1), arguments.strings(2)};
  for (const Text* type : {&convert.from, &convert.to}) {
    if (!type->constant() || is_media_type(type->literal())) continue;
    compiler.error(type->position, "convert: `" + base::printable(type->literal()) + "' is no media type");
    return nullptr;
  }
  return std::make_unique<Node>(std::move(convert));
}

constexpr Type from_to_parameters[] = {Type::string, Type::string, Type::strings};
constexpr CommandSpec commands[] = {
    {.name = "convert", .positionals = from_to_parameters, .compile = compile<ConvertCommand, Command>}};
constexpr TestSpec tests[] = {
    {.name = "convert", .positionals = from_to_parameters, .compile = compile<ConvertTest, Test>}};

} // namespace

extern const Extension convert_extension;
constinit const Extension convert_extension = {
    .name = "convert", .rfc = "6558", .commands = commands, .tests = tests};

} // namespace sieve
