// SPDX-License-Identifier: MIT
// The table of extensions. An explicit list: objects that register themselves would be dropped by the linker.
#include "sieve/spec.h"

#include <algorithm>

namespace sieve {

#define EXTENSION(x) extern const Extension x##_extension;
#include "sieve/extensions.def"
#undef EXTENSION

namespace {

constinit const Extension* const table[] = {
#define EXTENSION(x) &x##_extension,
#include "sieve/extensions.def"
#undef EXTENSION
};

/// Registered, or drafted once, and never to be had here.
struct Refused {
  std::string_view capability, reason;
};

constexpr Refused refused[] = {
    {"imapsieve", "it runs scripts when an IMAP client changes a mailbox, not at delivery"},
    {"processcalendar", "it files invitations in a calendar, and there is none here"},
    {"snooze", "the mail store would have to bring messages back later"},
};

} // namespace

std::string_view reason_to_refuse(std::string_view capability) {
  const auto found = std::find_if(std::begin(refused), std::end(refused),
                                  [&](const Refused& entry) { return entry.capability == capability; });
  return found == std::end(refused) ? std::string_view() : found->reason;
}

std::span<const Extension* const> all_extensions() { return table; }

const Extension* find_extension(std::string_view name) {
  const auto found = std::find_if(std::begin(table), std::end(table),
                                  [&](const Extension* extension) { return extension->name == name; });
  return found == std::end(table) ? nullptr : *found;
}

} // namespace sieve
