// SPDX-License-Identifier: MIT
// mailbox (RFC 5490 section 3): complete. mailboxexists, and :create for fileinto.
#include "base/utf8.h"
#include "sieve/compiler.h"
#include "sieve/execution.h"

#include <algorithm>

namespace sieve {

namespace {

void create_mailbox(Execution&, const TagUse&, Action& action) {
  if (auto* store = std::get_if<FileInto>(&action.what)) store->create = true;
}

class MailboxExistsTest final : public Test {
public:
  explicit MailboxExistsTest(TextList mailboxes) : mailboxes_(std::move(mailboxes)) {}

  bool test(Execution& execution) const override {
    return std::all_of(mailboxes_.begin(), mailboxes_.end(),
                       [&](const Text& mailbox) { return exists(execution, mailbox); });
  }

private:
  static bool exists(Execution& execution, const Text& mailbox) {
    const std::string name = mailbox.value(execution);
    if (base::is_utf8(name)) return execution.host().mailbox_exists(name);
    execution.warn(mailbox.position, "mailboxexists: the name is no UTF-8");
    return false;
  }

  TextList mailboxes_;
};

std::unique_ptr<Test> compile_mailboxexists(Compiler& compiler, Arguments& arguments) {
  for (const Text& name : arguments.strings(0)) {
    if (name.constant() && !base::is_utf8(name.literal())) {
      compiler.warning(name.position, "mailboxexists: the name is no UTF-8");
    }
  }
  return std::make_unique<MailboxExistsTest>(arguments.strings(0));
}

constexpr Type one_list[] = {Type::strings};
constexpr TestSpec tests[] = {
    {.name = "mailboxexists", .positionals = one_list, .compile = compile_mailboxexists}};
constexpr TagSpec tags[] = {{.name = "create", .commands = "fileinto", .on_action = create_mailbox}};

} // namespace

extern const Extension mailbox_extension;
constinit const Extension mailbox_extension = {
    .name = "mailbox", .rfc = "5490", .tests = tests, .tags = tags};

} // namespace sieve
