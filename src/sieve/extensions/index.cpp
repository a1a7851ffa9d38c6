// SPDX-License-Identifier: MIT
// index (RFC 5260 section 6): complete. :index and :last for header, address and date: one of the named
// fields, counted in the order of the names and, for one name, of the message.
#include "sieve/compiler.h"
#include "sieve/fields.h"

namespace sieve {

namespace {

void check_index(Compiler& compiler, const TagUse& tag) {
  if (tag.number == 0) compiler.error(tag.position, ":index counts from 1");
}

void set_index(Compiler&, const TagUse& tag, FieldQuery& query) { query.index = tag.number; }
void set_last(Compiler&, const TagUse&, FieldQuery& query) { query.last = true; }

constexpr TagSpec tags[] = {
    {.name = "index",
     .parameter = Type::number,
     .commands = "header address date",
     .check = check_index,
     .on_fields = set_index},
    {.name = "last", .commands = "header address date", .wants = "index", .on_fields = set_last},
};

} // namespace

extern const Extension index_extension;
constinit const Extension index_extension = {.name = "index", .rfc = "5260", .tags = tags};

} // namespace sieve
