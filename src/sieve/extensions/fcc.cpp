// SPDX-License-Identifier: MIT
// fcc (RFC 8580): complete. :fcc files a copy of what vacation or notify sends; with it :create (mailbox),
// :flags (imap4flags), :specialuse (special-use) and :mailboxid (RFC 9042). Both send mail of RFC 5322, which
// is filed as it is; enotify tells of the notification-capability "fcc". A mail that is not sent is not
// filed. Without :flags the copy has none: those in force belong to the message that came.
#include "sieve/fcc.h"

#include "base/utf8.h"
#include "sieve/compiler.h"
#include "sieve/execution.h"
#include "sieve/flags.h"

namespace sieve {

Fcc& fcc_of(Action& action) {
  auto* vacation = std::get_if<Vacation>(&action.what);
  auto& fcc = vacation != nullptr ? vacation->fcc : std::get<Notify>(action.what).fcc;
  if (!fcc) fcc.emplace();
  return *fcc;
}

std::string& mailbox_of(Action& action) {
  auto* store = std::get_if<FileInto>(&action.what);
  return store != nullptr ? store->mailbox : fcc_of(action).mailbox;
}

namespace {

bool is_mailbox(std::string_view name) { return !name.empty() && base::is_utf8(name); }

constexpr const char* no_mailbox = "fcc: the folder's name is empty or no UTF-8";

void check_mailbox(Compiler& compiler, const TagUse& tag) {
  if (tag.string().constant() && !is_mailbox(tag.string().literal()))
    compiler.error(tag.position, no_mailbox);
}

void set_mailbox(Execution& execution, const TagUse& tag, Action& action) {
  std::string name = tag.string().value(execution);
  if (!is_mailbox(name)) throw ScriptError(tag.position, no_mailbox);
  fcc_of(action).mailbox = std::move(name);
}

/// These tags are another extension's, and the script must say so.
void check_required(Compiler& compiler, const TagUse& tag, const char* capability) {
  if (compiler.active(capability)) return;
  compiler.error(tag.position,
                 "tag :" + std::string(tag.spec->name) + " wants require \"" + capability + "\"");
}

void check_create(Compiler& compiler, const TagUse& tag) { check_required(compiler, tag, "mailbox"); }
void check_flags(Compiler& compiler, const TagUse& tag) { check_required(compiler, tag, "imap4flags"); }

void set_create(Execution&, const TagUse&, Action& action) { fcc_of(action).create = true; }

void set_flags(Execution& execution, const TagUse& tag, Action& action) {
  Fcc& fcc = fcc_of(action);
  for (const auto& list : values_of(tag.strings, execution)) add_flags(fcc.flags, list);
}

constexpr std::string_view senders = "vacation notify";

constexpr TagSpec tags[] = {
    {.name = "fcc",
     .parameter = Type::string,
     .commands = senders,
     .check = check_mailbox,
     .on_action = set_mailbox},
    {.name = "create", .commands = senders, .wants = "fcc", .check = check_create, .on_action = set_create},
    {.name = "flags",
     .parameter = Type::strings,
     .commands = senders,
     .wants = "fcc",
     .check = check_flags,
     .on_action = set_flags}};

} // namespace

extern const Extension fcc_extension;
constinit const Extension fcc_extension = {.name = "fcc", .rfc = "8580", .tags = tags};

} // namespace sieve
