// SPDX-License-Identifier: MIT
// Capabilities and commands whose drafts have expired: they still work here, and hardly anywhere else.
#include "tools/lint/expired.h"
#include "tools/lint/lint.h"

namespace tools {

namespace {

void older_form(Lint& lint) {
  each_command(lint.script(), [&](const View& command) {
    if (!command.known) return;
    if (command.is("require")) {
      for (const auto& capability : command.strings(0))
        if (const auto today = expired_capability(capability.text); !today.empty())
          lint.report(capability.position, ticked(capability.text) + " is an older form", std::string(today));
    } else if (const auto today = expired_command(command.form.name); !today.empty()) {
      lint.report(command.construct->position, ticked(command.form.name) + " is an older form",
                  std::string(today));
    }
  });
}

} // namespace

extern const Rule older_form_rule;
constinit const Rule older_form_rule = {"older-form", older_form};

} // namespace tools
