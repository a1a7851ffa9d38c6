// SPDX-License-Identifier: MIT
// envelope-deliverby (RFC 6009 section 5): complete. The envelope test asks for "bytimerelative" (seconds
// left, with sign), "bytimeabsolute" (an instant, in the zone of :zone, or else the local one), "bymode"
// ("notify", "return") and "bytrace" ("trace", or empty) of RFC 2852. Without a BY parameter none has a
// value; an ADDRESS-PART beside them is an error. :zone takes names of the zone database too, as `date' does.
#include "base/ascii.h"
#include "sieve/compiler.h"
#include "sieve/execution.h"
#include "sieve/iso8601.h"
#include "sieve/time_zone.h"

#include <algorithm>

namespace sieve {

namespace {

const std::optional<mail::DeliverBy>& limit_of(Execution& execution) {
  return execution.state().envelope.transaction.by;
}

void relative_values(Execution& execution, const EnvelopeQuery&, ValueList& values) {
  if (const auto& by = limit_of(execution)) values.add(std::to_string(by->seconds));
}

void absolute_values(Execution& execution, const EnvelopeQuery& query, ValueList& values) {
  const auto& by = limit_of(execution);
  if (!by) return;
  const std::int64_t instant = execution.host().now() + by->seconds;
  const auto zone = std::find_if(query.tags.begin(), query.tags.end(),
                                 [](const TagUse& tag) { return tag.spec->name == "zone"; });
  if (zone == query.tags.end()) return values.add(format_iso8601(instant, local_offset(instant)));
  const std::string name = zone->string().value(execution);
  if (const auto offset = zone_offset(name, instant)) {
    values.add(format_iso8601(instant, *offset));
  } else {
    execution.warn(zone->position, "envelope: `" + base::printable(name) + "' is no time zone");
  }
}

void mode_values(Execution& execution, const EnvelopeQuery&, ValueList& values) {
  if (const auto& by = limit_of(execution)) values.add_view(by->mode == 'R' ? "return" : "notify");
}

void trace_values(Execution& execution, const EnvelopeQuery&, ValueList& values) {
  if (const auto& by = limit_of(execution)) values.add_view(by->trace ? "trace" : "");
}

void check_zone(Compiler& compiler, const TagUse& tag) {
  if (!tag.string().constant() || zone_offset(tag.string().literal(), 0)) return;
  compiler.error(tag.position, "envelope: `" + base::printable(tag.string().literal()) + "' is no time zone");
}

constexpr EnvelopePart parts[] = {
    {.name = "bytimerelative", .takes = AddressParts::none, .values = relative_values},
    {.name = "bytimeabsolute", .takes = AddressParts::none, .values = absolute_values},
    {.name = "bymode", .takes = AddressParts::none, .values = mode_values},
    {.name = "bytrace", .takes = AddressParts::none, .values = trace_values}};
constexpr TagSpec tags[] = {
    {.name = "zone", .parameter = Type::string, .commands = "envelope", .check = check_zone}};

} // namespace

extern const Extension envelope_deliverby_extension;
constinit const Extension envelope_deliverby_extension = {
    .name = "envelope-deliverby", .rfc = "6009", .tags = tags, .envelope_parts = parts};

} // namespace sieve
