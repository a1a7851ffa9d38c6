// SPDX-License-Identifier: MIT
// redirect-deliverby (RFC 6009 section 7): complete. :bytimerelative or :bytimeabsolute with :bymode and
// :bytrace give a redirected message a time to be delivered in (RFC 2852), in the name of the script's owner
// (section 7.1). Without :bymode late mail is returned; to return mail there must be time left, a mere notice
// of being late may be asked for at any time. What sendmail(1) can do of this is the delivery's affair.
#include "base/ascii.h"
#include "sieve/compiler.h"
#include "sieve/execution.h"
#include "sieve/iso8601.h"

#include <algorithm>

namespace sieve {

namespace {

constexpr std::int64_t most_seconds = 999'999'999; // RFC 2852 section 4: nine digits

constexpr const char* bad_instant =
    "redirect: :bytimeabsolute wants a time such as 2026-11-21T10:15:30+01:00";
constexpr const char* bad_mode = "redirect: :bymode wants \"notify\" or \"return\"";

/// The tags come in any order.
mail::DeliverBy& limit_of(Action& action) {
  auto& by = std::get<Redirect>(action.what).by;
  if (!by) by = {most_seconds, 'R', false}; // :bymode is "return" where it is not given
  return *by;
}

void judge(Execution&, const TagUse& tag, Action& action) {
  const mail::DeliverBy& by = limit_of(action);
  if (by.mode != 'R' || by.seconds > 0) return;
  throw ScriptError(tag.position, "redirect: with :bymode \"return\" there must be time left");
}

bool is_mode(std::string_view text) {
  return base::equal_ignoring_case(text, "notify") || base::equal_ignoring_case(text, "return");
}

void check_relative(Compiler& compiler, const TagUse& tag) {
  if (tag.number > static_cast<std::uint64_t>(most_seconds)) {
    compiler.error(tag.position, "redirect: :bytimerelative wants at most 999999999 seconds");
  }
}

void check_absolute(Compiler& compiler, const TagUse& tag) {
  if (tag.string().constant() && !parse_iso8601(tag.string().literal()))
    compiler.error(tag.position, bad_instant);
}

void check_mode(Compiler& compiler, const TagUse& tag) {
  if (tag.string().constant() && !is_mode(tag.string().literal())) compiler.error(tag.position, bad_mode);
}

void set_relative(Execution&, const TagUse& tag, Action& action) {
  limit_of(action).seconds = static_cast<std::int64_t>(tag.number);
}

void set_absolute(Execution& execution, const TagUse& tag, Action& action) {
  const auto instant = parse_iso8601(tag.string().value(execution));
  if (!instant) throw ScriptError(tag.position, bad_instant);
  limit_of(action).seconds = std::clamp(*instant - execution.host().now(), -most_seconds, most_seconds);
}

void set_mode(Execution& execution, const TagUse& tag, Action& action) {
  const std::string mode = tag.string().value(execution);
  if (!is_mode(mode)) throw ScriptError(tag.position, bad_mode);
  limit_of(action).mode = base::equal_ignoring_case(mode, "return") ? 'R' : 'N';
}

void set_trace(Execution&, const TagUse&, Action& action) { limit_of(action).trace = true; }

constexpr std::string_view times = "bytimerelative bytimeabsolute";

constexpr TagSpec tags[] = {
    {.name = "bytimerelative",
     .parameter = Type::number,
     .commands = "redirect",
     .excludes = "bytimeabsolute",
     .check = check_relative,
     .on_action = set_relative,
     .on_complete = judge},
    {.name = "bytimeabsolute",
     .parameter = Type::string,
     .commands = "redirect",
     .excludes = "bytimerelative",
     .check = check_absolute,
     .on_action = set_absolute,
     .on_complete = judge},
    {.name = "bymode",
     .parameter = Type::string,
     .commands = "redirect",
     .wants = times,
     .check = check_mode,
     .on_action = set_mode},
    {.name = "bytrace", .commands = "redirect", .wants = times, .on_action = set_trace}};

} // namespace

extern const Extension redirect_deliverby_extension;
constinit const Extension redirect_deliverby_extension = {
    .name = "redirect-deliverby", .rfc = "6009", .tags = tags};

} // namespace sieve
