// SPDX-License-Identifier: MIT
#include "sieve/fields.h"

#include "base/ascii.h"
#include "sieve/compiler.h"
#include "sieve/execution.h"
#include "sieve/field_cache.h"

#include <span>

namespace sieve {

FieldQuery bind_fields(Compiler& compiler, Arguments& arguments, std::size_t index) {
  FieldQuery query;
  query.names = arguments.take_strings(index);
  for (const TagUse& tag : arguments.tags()) {
    if (tag.spec->on_fields != nullptr) tag.spec->on_fields(compiler, tag, query);
  }
  return query;
}

namespace {

/// Picks the one field that :index asks for.
std::vector<const mail::Field*> pick(const std::vector<const mail::Field*>& fields, const FieldQuery& query) {
  if (query.index > fields.size()) return {};
  return {query.last ? fields[fields.size() - query.index] : fields[query.index - 1]};
}

} // namespace

std::vector<const mail::Field*> select_fields(Execution& execution, const FieldQuery& query) {
  std::vector<const mail::Field*> selected;
  const FieldList* const own = &execution.message().fields();
  std::vector<const FieldList*> elsewhere;
  std::span<const FieldList* const> sources(&own, 1);
  if (query.sources) sources = elsewhere = query.sources(execution);
  for (const Text& text : query.names) {
    const std::string computed = text.constant() ? std::string() : text.value(execution);
    const std::string_view name = text.constant() ? std::string_view(text.literal()) : computed;
    for (const FieldList* fields : sources) {
      execution.spend_work(fields->size());
      for (const mail::Field& field : *fields) {
        const bool wanted = field.name.size() == name.size() && base::equal_ignoring_case(field.name, name);
        if (wanted) selected.push_back(&field);
      }
    }
  }
  return query.index > 0 ? pick(selected, query) : selected;
}

namespace {

struct DecodedValue {
  std::string text;
  FoldedForm folded;
};

} // namespace

void field_values(Execution& execution, const FieldQuery& query, ValueList& values) {
  const auto selected = select_fields(execution, query);
  if (selected.empty()) return;
  const bool several = query.names.size() > 1;
  auto& cache = FieldCache<DecodedValue>::of(execution);
  const auto decode = [&](std::string_view value) {
    execution.spend_work(value.size());
    return DecodedValue{mail::decode_header(value), {}};
  };
  for (const mail::Field* field : selected) {
    if (several) values.from(field->name);
    if (query.extract) {
      query.extract(execution, *field, values);
    } else {
      execution.spend_work(16);
      auto& decoded = cache.get(field->value, decode);
      values.add_view(decoded.text, decoded.folded);
    }
  }
}

} // namespace sieve
