// SPDX-License-Identifier: MIT
#include "sieve/fields.h"

#include "base/ascii.h"
#include "sieve/compiler.h"
#include "sieve/execution.h"

namespace sieve {

FieldQuery bind_fields(Compiler& compiler, const Arguments& arguments, std::size_t index) {
  FieldQuery query;
  query.names = arguments.strings(index);
  for (const TagUse& tag : arguments.tags()) {
    if (tag.spec->on_fields != nullptr) tag.spec->on_fields(compiler, tag, query);
  }
  return query;
}

namespace {

std::vector<const FieldList*> sources_of(Execution& execution, const FieldQuery& query) {
  if (query.sources) return query.sources(execution);
  return {&execution.message().fields()};
}

/// Picks the one field that :index asks for.
std::vector<const mail::Field*> pick(const std::vector<const mail::Field*>& fields, const FieldQuery& query) {
  if (query.index > fields.size()) return {};
  return {query.last ? fields[fields.size() - query.index] : fields[query.index - 1]};
}

} // namespace

std::vector<const mail::Field*> select_fields(Execution& execution, const FieldQuery& query) {
  std::vector<const mail::Field*> selected;
  const auto sources = sources_of(execution, query);
  for (const Text& text : query.names) {
    const std::string computed = text.constant() ? std::string() : text.value(execution);
    const std::string_view name = text.constant() ? std::string_view(text.literal()) : computed;
    for (const FieldList* fields : sources) {
      execution.spend_work(fields->size());
      for (const mail::Field& field : *fields) {
        if (base::equal_ignoring_case(field.name, name)) selected.push_back(&field);
      }
    }
  }
  return query.index > 0 ? pick(selected, query) : selected;
}

void field_values(Execution& execution, const FieldQuery& query, ValueList& values) {
  const bool several = query.names.size() > 1;
  for (const mail::Field* field : select_fields(execution, query)) {
    if (several) values.from(field->name);
    if (query.extract) {
      query.extract(execution, *field, values);
    } else {
      execution.spend_work(field->value.size());
      values.add(mail::decode_header(field->value));
    }
  }
}

} // namespace sieve
