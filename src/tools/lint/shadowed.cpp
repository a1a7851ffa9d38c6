// SPDX-License-Identifier: MIT
// Branches that never run because an earlier one takes every message that they ask for.
#include "base/ascii.h"
#include "tools/lint/implication.h"

#include <algorithm>

namespace tools {

namespace {

using Commands = std::vector<sieve::Construct>;

bool named(const sieve::Construct& construct, std::string_view name) {
  return base::equal_ignoring_case(construct.name, name);
}

bool ends_script(const sieve::Construct& branch) {
  return branch.block && !branch.block->empty() && named(branch.block->back(), "stop");
}

/// Can a later test of the message have another result because of the command?
bool changes_nothing(const sieve::Construct& command) {
  static constexpr std::string_view harmless[] = {
      "if",      "elsif",   "else",       "require", "keep",    "fileinto", "discard",  "redirect", "stop",
      "addflag", "setflag", "removeflag", "reject",  "ereject", "set",      "vacation", "debug_log"};
  bool harmless_all = true;
  each_command({command}, [&](const View& view) {
    const auto* const end = std::end(harmless);
    harmless_all = harmless_all && view.known && std::find(std::begin(harmless), end, view.form.name) != end;
  });
  return harmless_all;
}

class Shadows {
public:
  explicit Shadows(Lint& lint) : lint_(lint) {}

  void look_at(const Commands& block) {
    std::vector<const sieve::Construct*> stopped; // tests of messages that come no further than there
    std::vector<const sieve::Construct*> chain;   // tests of the branches before, in this chain
    for (const auto& command : block) {
      if (named(command, "if")) chain.clear();
      if (!changes_nothing(command)) stopped.clear();
      const bool branch = named(command, "if") || named(command, "elsif");
      if (!branch || command.tests.size() != 1) continue;
      const auto& test = command.tests.front();
      if (!report(test, chain)) report(test, stopped);
      // Of a chain, a later branch's test is asked only where those before it were false, which is no harm:
      // what it takes it takes from the messages that are left.
      if (ends_script(command)) stopped.push_back(&test);
      chain.push_back(&test);
    }
  }

private:
  bool report(const sieve::Construct& test, const std::vector<const sieve::Construct*>& earlier) {
    const auto found = std::find_if(earlier.begin(), earlier.end(), [&](const sieve::Construct* before) {
      return implies(lint_, test, *before);
    });
    if (found == earlier.end()) return false;
    lint_.report(test.position,
                 "this is never true here: the test on line " + std::to_string((*found)->position.line) +
                     " takes all messages that this one could find",
                 "put the narrower test first, or remove this one");
    return true;
  }

  Lint& lint_;
};

void shadowed(Lint& lint) {
  each_block(lint.script(), [&](const Commands& block) { Shadows(lint).look_at(block); });
}

} // namespace

extern const Rule shadowed_rule;
constinit const Rule shadowed_rule = {"shadowed", shadowed};

} // namespace tools
