// SPDX-License-Identifier: MIT
#include "sieve/older_forms.h"

#include "sieve/compiler.h"

namespace sieve {

namespace {

struct Forms {
  std::string_view older, newer;
};
constexpr Forms forms[] = {
    {"imapflags", "imap4flags"}, {"notify", "enotify"}, {"vnd.dovecot.duplicate", "duplicate"}};

/// Empty if there is none.
std::string_view other_form(std::string_view name) {
  for (const Forms& one : forms) {
    if (name == one.older) return one.newer;
    if (name == one.newer) return one.older;
  }
  return {};
}

} // namespace

void activate_one_form(Compiler& compiler, const Extension& extension, Position position) {
  const auto other = other_form(extension.name);
  if (other.empty() || !compiler.active(other)) return compiler.activate(extension);
  compiler.error(position, "`" + std::string(extension.name) + "' and `" + std::string(other) +
                               "' cannot be used together");
}

} // namespace sieve
