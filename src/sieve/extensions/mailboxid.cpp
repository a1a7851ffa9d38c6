// SPDX-License-Identifier: MIT
// mailboxid (RFC 9042): complete. mailboxidexists, and :mailboxid for fileinto and beside :fcc: the mailbox
// that has the id now, else the one that is named, which :create makes if need be. Not together with
// :specialuse (sections 4.2 and 5).
#include "sieve/compiler.h"
#include "sieve/execution.h"
#include "sieve/fcc.h"

#include <algorithm>

namespace sieve {

namespace {

class MailboxIdExistsTest final : public Test {
public:
  explicit MailboxIdExistsTest(TextList ids) : ids_(std::move(ids)) {}

  bool test(Execution& execution) const override {
    return std::all_of(ids_.begin(), ids_.end(), [&](const Text& id) {
      return execution.host().mailbox_with_id(id.value(execution)).has_value();
    });
  }

private:
  TextList ids_;
};

std::unique_ptr<Test> compile_mailboxidexists(Compiler&, Arguments& arguments) {
  return std::make_unique<MailboxIdExistsTest>(arguments.strings(0));
}

/// Resolved at once, so that the same mailbox under its name gets no second copy.
void choose_by_id(Execution& execution, const TagUse& tag, Action& action) {
  auto mailbox = execution.host().mailbox_with_id(tag.string().value(execution));
  if (mailbox) mailbox_of(action) = std::move(*mailbox);
}

constexpr Type one_list[] = {Type::strings};
constexpr TestSpec tests[] = {
    {.name = "mailboxidexists", .positionals = one_list, .compile = compile_mailboxidexists}};
constexpr TagSpec tags[] = {{.name = "mailboxid",
                             .parameter = Type::string,
                             .commands = "fileinto",
                             .excludes = "specialuse",
                             .on_complete = choose_by_id},
                            {.name = "mailboxid",
                             .parameter = Type::string,
                             .commands = "vacation notify",
                             .wants = "fcc",
                             .excludes = "specialuse",
                             .on_complete = choose_by_id}};

} // namespace

extern const Extension mailboxid_extension;
constinit const Extension mailboxid_extension = {
    .name = "mailboxid", .rfc = "9042", .tests = tests, .tags = tags};

} // namespace sieve
