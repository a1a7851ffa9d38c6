// SPDX-License-Identifier: MIT
// Flags that are changed behind the only store: a store takes the flags that are set when it is met
// (RFC 5232 section 3).
#include "base/ascii.h"
#include "tools/lint/lint.h"

#include <algorithm>

namespace tools {

namespace {

using Commands = std::vector<sieve::Construct>;

bool is_flag_change(const View& view) {
  const bool change = view.is("addflag") || view.is("setflag") || view.is("removeflag");
  return change && view.positionals[0] == nullptr; // no variable of the script
}

/// A store behind which the implicit keep is not in force.
bool is_last_store(const View& view) {
  return (view.is("fileinto") || view.is("keep")) && view.tag("copy") == nullptr;
}

/// May the command, or one in its block, look at flags that were set before it?
bool may_use_flags(const sieve::Construct& command) {
  bool uses = false;
  const Commands one{command};
  each_command(one, [&](const View& view) {
    static constexpr std::string_view harmless[] = {
        "if",      "elsif",      "else",     "stop",      "set",     "addflag", "setflag",
        "discard", "removeflag", "redirect", "debug_log", "require", "return"};
    const auto* const end = std::end(harmless);
    uses = uses || !view.known || std::find(std::begin(harmless), end, view.form.name) == end;
  });
  each_test(one, [&](const View& view) { uses = uses || !view.known || view.is("hasflag"); });
  return uses;
}

bool used_behind(const Commands& block, std::size_t index) {
  return std::any_of(block.begin() + static_cast<std::ptrdiff_t>(index) + 1, block.end(), may_use_flags);
}

/// `used`: what runs after this block may still use flags. `stored`: the line of a store before it, or 0.
void look_at(Lint& lint, const Commands& block, bool used, unsigned stored) {
  for (std::size_t i = 0; i < block.size(); ++i) {
    const View command = view(block[i], Kind::command);
    const bool used_later = used || used_behind(block, i);
    if (is_last_store(command)) stored = command.construct->position.line;
    if (stored > 0 && is_flag_change(command) && !used_later) {
      lint.report(command.construct->position,
                  "this has no effect: the message was stored on line " + std::to_string(stored) +
                      " with the flags it had then",
                  "move it before the store, or give the store :flags");
    }
    if (!block[i].block) continue;
    const Commands& inner = *block[i].block;
    const bool stops = !inner.empty() && view(inner.back(), Kind::command).is("stop");
    look_at(lint, inner, used_later && !stops, stored);
  }
}

void flags_after_store(Lint& lint) { look_at(lint, lint.script(), false, 0); }

} // namespace

extern const Rule flags_after_store_rule;
constinit const Rule flags_after_store_rule = {"flags-after-store", flags_after_store};

} // namespace tools
