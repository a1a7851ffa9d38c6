// SPDX-License-Identifier: MIT
// mime (RFC 5703 section 4): complete. :mime and :anychild for header, address and exists; :type, :subtype,
// :contenttype and :param for header. Inside foreverypart they ask the current part, outside the message.
// A Content-Type or Content-Disposition that cannot be read has no type, and counts for nothing.
#include "base/ascii.h"
#include "mail/parameters.h"
#include "sieve/compiler.h"
#include "sieve/execution.h"
#include "sieve/fields.h"
#include "sieve/parts.h"

#include <algorithm>

namespace sieve {

namespace {

using Sources = std::vector<const FieldList*>;

/// The views hold while the test runs: the message of this moment has the part.
Sources of_current_part(Execution& execution) {
  const PartView view = current_part(execution);
  if (view.part == nullptr) return {};
  return {&view.part->fields};
}

Sources of_all_inside(Execution& execution) {
  const PartView view = current_part(execution);
  Sources sources;
  if (view.part == nullptr) return sources;
  each_part(*view.part, [&](const mail::Part& part) { sources.push_back(&part.fields); });
  execution.spend_work(2 * sources.size()); // or loops over many parts would cost their square
  return sources;
}

void look_at_part(Compiler&, const TagUse&, FieldQuery& query) {
  if (!query.sources) query.sources = of_current_part;
}

void look_inside_part(Compiler&, const TagUse&, FieldQuery& query) { query.sources = of_all_inside; }

enum class Aspect { type, subtype, content_type };

bool is_token(std::string_view text) {
  const auto fits = [](char c) {
    const bool separator = std::string_view("()<>@,;:\\\"/[]?= \t").find(c) != std::string_view::npos;
    return !separator && !base::is_control(c) && static_cast<unsigned char>(c) < 0x80;
  };
  return !text.empty() && std::all_of(text.begin(), text.end(), fits);
}

void add_content_type(std::string_view value, Aspect aspect, ValueList& values) {
  const auto slash = value.find('/');
  if (slash == std::string_view::npos) return;
  const auto type = base::trim(value.substr(0, slash)), subtype = base::trim(value.substr(slash + 1));
  if (!is_token(type) || !is_token(subtype)) return;
  switch (aspect) {
  case Aspect::type: return values.add(std::string(type));
  case Aspect::subtype: return values.add(std::string(subtype));
  case Aspect::content_type: return values.add(std::string(type).append("/").append(subtype));
  }
}

template <Aspect aspect>
void add_aspect(Execution& execution, const mail::Field& field, ValueList& values) {
  execution.spend_work(4 * field.value.size());
  if (base::equal_ignoring_case(field.name, "Content-Type")) {
    return add_content_type(mail::parse_parameters(field.value).value, aspect, values);
  }
  if (!base::equal_ignoring_case(field.name, "Content-Disposition")) return values.add("");
  auto disposition = mail::parse_parameters(field.value).value;
  if (is_token(disposition)) values.add(aspect == Aspect::subtype ? std::string() : std::move(disposition));
}

/// True if no other of these tags came before.
bool is_first_option(Compiler& compiler, const TagUse& tag, const FieldQuery& query) {
  if (!query.extract) return true;
  compiler.error(tag.position, "`header' takes one of :type, :subtype, :contenttype and :param");
  return false;
}

template <Aspect aspect>
void ask_aspect(Compiler& compiler, const TagUse& tag, FieldQuery& query) {
  if (is_first_option(compiler, tag, query)) query.extract = add_aspect<aspect>;
}

void ask_parameters(Compiler& compiler, const TagUse& tag, FieldQuery& query) {
  if (!is_first_option(compiler, tag, query)) return;
  query.extract = [names = tag.strings](Execution& execution, const mail::Field& field, ValueList& values) {
    execution.spend_work(4 * field.value.size());
    const auto parsed = mail::parse_parameters(field.value);
    for (const auto& name : values_of(names, execution)) {
      const auto* value = mail::find_parameter(parsed.parameters, name);
      if (value != nullptr) values.add(*value);
    }
  };
}

constexpr TagSpec tags[] = {
    {.name = "mime", .commands = "header address exists", .on_fields = look_at_part},
    {.name = "anychild", .commands = "header address exists", .wants = "mime", .on_fields = look_inside_part},
    {.name = "type", .commands = "header", .wants = "mime", .on_fields = ask_aspect<Aspect::type>},
    {.name = "subtype", .commands = "header", .wants = "mime", .on_fields = ask_aspect<Aspect::subtype>},
    {.name = "contenttype",
     .commands = "header",
     .wants = "mime",
     .on_fields = ask_aspect<Aspect::content_type>},
    {.name = "param",
     .parameter = Type::strings,
     .commands = "header",
     .wants = "mime",
     .on_fields = ask_parameters},
};

} // namespace

extern const Extension mime_extension;
constinit const Extension mime_extension = {.name = "mime", .rfc = "5703", .tags = tags};

} // namespace sieve
