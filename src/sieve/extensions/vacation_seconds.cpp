// SPDX-License-Identifier: MIT
// vacation-seconds (RFC 6131): complete. Implies vacation and adds :seconds to it, which excludes :days. The
// value is bounded by the periods that the settings of vacation allow.
#include "sieve/compiler.h"

namespace sieve {

namespace {

constexpr std::uint64_t too_many = std::uint64_t{1} << 31;

void check_seconds(Compiler& compiler, const TagUse& tag) {
  if (tag.number >= too_many) compiler.error(tag.position, "tag :seconds wants a number below 2^31");
}

void activate_vacation(Compiler& compiler) { compiler.activate(*find_extension("vacation")); }

constexpr TagSpec tags[] = {
    {.name = "seconds", .parameter = Type::number, .commands = "vacation", .check = check_seconds}};

} // namespace

extern const Extension vacation_seconds_extension;
constinit const Extension vacation_seconds_extension = {
    .name = "vacation-seconds", .rfc = "6131", .tags = tags, .on_require = activate_vacation};

} // namespace sieve
