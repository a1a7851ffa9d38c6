// SPDX-License-Identifier: MIT
// redirect-dsn (RFC 6009 section 6): complete. :notify and :ret of redirect say what is to be heard of the
// redirected message (RFC 3461 section 4), which then goes out in the name of the script's owner: who asked
// gets the answer (section 6.1). Without them the message's own wishes go on with it.
#include "base/ascii.h"
#include "sieve/compiler.h"
#include "sieve/execution.h"

#include <optional>

namespace sieve {

namespace {

/// "NEVER", or "SUCCESS", "FAILURE", "DELAY" divided by commas.
std::optional<mail::Notify> parse_notify(std::string_view text) {
  mail::Notify notify;
  notify.given = true;
  for (const auto item : base::split(text, ',')) {
    const std::string word = base::upper(item);
    bool* const place = word == "NEVER"     ? &notify.never
                        : word == "SUCCESS" ? &notify.success
                        : word == "FAILURE" ? &notify.failure
                        : word == "DELAY"   ? &notify.delay
                                            : nullptr;
    if (place == nullptr) return std::nullopt;
    *place = true;
  }
  if (notify.never && (notify.success || notify.failure || notify.delay)) return std::nullopt;
  return notify;
}

std::optional<mail::Ret> parse_ret(std::string_view text) {
  if (base::equal_ignoring_case(text, "FULL")) return mail::Ret::full;
  if (base::equal_ignoring_case(text, "HDRS")) return mail::Ret::headers;
  return std::nullopt;
}

constexpr const char* bad_notify =
    "redirect: :notify wants NEVER, or some of SUCCESS, FAILURE, DELAY with commas";
constexpr const char* bad_ret = "redirect: :ret wants FULL or HDRS";

void check_notify(Compiler& compiler, const TagUse& tag) {
  if (tag.string().constant() && !parse_notify(tag.string().literal()))
    compiler.error(tag.position, bad_notify);
}

void check_ret(Compiler& compiler, const TagUse& tag) {
  if (tag.string().constant() && !parse_ret(tag.string().literal())) compiler.error(tag.position, bad_ret);
}

void set_notify(Execution& execution, const TagUse& tag, Action& action) {
  const auto notify = parse_notify(tag.string().value(execution));
  if (!notify) throw ScriptError(tag.position, bad_notify);
  std::get<Redirect>(action.what).notify = notify;
}

void set_ret(Execution& execution, const TagUse& tag, Action& action) {
  const auto ret = parse_ret(tag.string().value(execution));
  if (!ret) throw ScriptError(tag.position, bad_ret);
  std::get<Redirect>(action.what).ret = *ret;
}

constexpr TagSpec tags[] = {{.name = "notify",
                             .parameter = Type::string,
                             .commands = "redirect",
                             .check = check_notify,
                             .on_action = set_notify},
                            {.name = "ret",
                             .parameter = Type::string,
                             .commands = "redirect",
                             .check = check_ret,
                             .on_action = set_ret}};

} // namespace

extern const Extension redirect_dsn_extension;
constinit const Extension redirect_dsn_extension = {.name = "redirect-dsn", .rfc = "6009", .tags = tags};

} // namespace sieve
