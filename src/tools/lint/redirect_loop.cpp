// SPDX-License-Identifier: MIT
// A redirect to an address of the user comes back to the same script.
#include "base/ascii.h"
#include "sieve/single_address.h"
#include "tools/lint/lint.h"

#include <algorithm>
#include <string>

namespace tools {

namespace {

/// The mailbox without its detail: alice+lists@Example.ORG and alice@example.org are one user.
std::string mailbox(std::string_view text) {
  const auto parsed = sieve::single_address(text);
  if (!parsed) return base::lower(text);
  const auto& address = parsed->address;
  return base::lower(address.local_part.substr(0, address.local_part.find('+')) + '@' + address.domain);
}

void redirect_loop(Lint& lint) {
  each_command(lint.script(), [&](const View& command) {
    if (!command.is("redirect") || command.tag("list") != nullptr || command.strings(0).empty()) return;
    const auto& target = command.strings(0).front();
    const auto& own = lint.world().addresses;
    const auto same = [&](const std::string& one) { return mailbox(one) == mailbox(target.text); };
    if (!lint.constant(target) || std::none_of(own.begin(), own.end(), same)) return;
    lint.report(target.position, ticked(target.text) + " is the user's own address: the mail comes back here",
                "write keep to store it in the inbox");
  });
}

} // namespace

extern const Rule redirect_loop_rule;
constinit const Rule redirect_loop_rule = {"redirect-loop", redirect_loop};

} // namespace tools
