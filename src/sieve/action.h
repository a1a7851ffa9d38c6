// SPDX-License-Identifier: MIT
// What a script decided: a list of actions for the delivery to carry out. The variant is closed on purpose,
// so that a delivery that forgot one does not compile.
#pragma once

#include "mail/edited_message.h"
#include "mail/envelope.h"
#include "sieve/error.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace sieve {

/// The message as it was when an action was taken (RFC 5293 section 3): later edits do not reach it.
using Snapshot = std::shared_ptr<const mail::EditedMessage>;
/// IMAP system flags ("\\Seen") and keywords, without duplicates (RFC 5232).
using Flags = std::vector<std::string>;

/// A mail that a script makes (vacation, notify, report, fcc copies), complete: header, blank line, body, LF
/// ends.
struct OutgoingMail {
  mail::Address reverse_path; // empty: <>
  std::vector<mail::Address> recipients;
  std::string octets;
};

/// RFC 8580: where a copy of a generated mail is to be filed.
struct Fcc {
  std::string mailbox;
  bool create = false;
  Flags flags;
};

struct Keep { // RFC 5228 section 4.3
  Snapshot message;
  Flags flags;
};

struct FileInto { // RFC 5228 section 4.1
  Snapshot message;
  Flags flags;
  std::string mailbox; // UTF-8, as the script wrote it; "INBOX" in any case is the INBOX
  bool create = false; // RFC 5490 section 3.2
};

struct Redirect { // RFC 5228 section 4.2
  Snapshot message;
  mail::Address address;
  // RFC 6009
  std::optional<mail::Notify> notify;
  mail::Ret ret = mail::Ret::unspecified;
  std::optional<mail::DeliverBy> by;

  /// The script asked for reports on it: they are for the script's owner (RFC 6009 sections 6.1 and 7.1).
  bool wants_reports() const { return notify || ret != mail::Ret::unspecified || by; }
};

struct Discard {}; // RFC 5228 section 4.4

struct Reject {       // RFC 5429
  std::string reason; // UTF-8, lines divided by CRLF or LF
  bool ereject = false;
};

struct Vacation {           // RFC 5230
  std::string handle;       // what was answered, made of :handle or of the reply's text
  std::string sender;       // to whom
  std::int64_t seconds = 0; // no second answer for that long
  OutgoingMail mail;        // without recipients: nobody may be answered; no Outcome has such a one
  std::optional<Fcc> fcc;
};

struct Notify {       // RFC 5435
  std::string method; // "mailto:..."
  OutgoingMail mail;
  std::optional<Fcc> fcc;
};

struct Report { // vnd.dovecot.report
  OutgoingMail mail;
};

struct Pipe { // vnd.dovecot.pipe
  Snapshot message;
  std::string program;
  std::vector<std::string> arguments;
  bool try_only = false; // :try: a failure is no error
};

struct DuplicateMark { // RFC 7352: to be recorded once the message is delivered
  std::string handle;
  std::string id;
  std::int64_t seconds = 0;
};

using ActionKind =
    std::variant<Keep, FileInto, Redirect, Discard, Reject, Vacation, Notify, Report, Pipe, DuplicateMark>;

struct Action {
  ActionKind what;
  std::string script; // which script and line took it: the log tells, and --trace
  Position position;
  bool copy = false; // :copy (RFC 3894): does not cancel the implicit keep
};

/// The whole decision on one message.
struct Outcome {
  std::vector<Action> actions; // in order, duplicates merged
  /// Nothing cancelled it (RFC 5228 section 2.10.2). Then `keep` is to be carried out too, unless actions
  /// already hold a Keep or a FileInto of the INBOX.
  bool implicit_keep = true;
  Keep keep;
  Diagnostics log; // run-time errors, warnings, debug_log
};

} // namespace sieve
