// SPDX-License-Identifier: MIT
#include "sieve/testsuite/execute.h"

#include "base/ascii.h"
#include "sieve/flags.h"
#include "sieve/rejection.h"
#include "sieve/sender_policy.h"
#include "sieve/testsuite/world.h"

#include <algorithm>

namespace sieve::testsuite {

namespace {

constexpr std::string_view redirect_marker = "X-Sieve-Redirected-From";

/// Why an action cannot be carried out.
struct Failure {
  std::string text;
};

/// Does a part of it look like a file?
bool has_attachment(const mail::Part& part) {
  if (part.children.empty()) return !part.file_name().empty();
  return std::any_of(part.children.begin(), part.children.end(),
                     [](const auto& child) { return has_attachment(*child); });
}

/// Collects what actions want; nothing of it is there before commit().
class Transaction {
public:
  explicit Transaction(World& world) : world_(world) {}

  void perform(const Result::Entry& entry) {
    const bool cancelled = keep_cancelled_;
    if (entry.executed) {
      recall(entry.action);
    } else if (!sieve::stores_inbox(entry.action) || !world_.implicit_keep_done) { // else it is there already
      std::visit([&](const auto& what) { perform(entry.action, what); }, entry.action.what);
    }
    // A script that follows runs only where the keep was still in force, and then decides about it anew.
    if (entry.earlier) keep_cancelled_ = cancelled;
  }

  void keep(const Keep& keep) { store("INBOX", true, *keep.message, keep.flags); }
  bool keep_cancelled() const { return keep_cancelled_; }
  bool stores_inbox() const { return stores_inbox_; }

  void commit() {
    for (auto& [mailbox, stored] : stores_) world_.mailboxes[mailbox].push_back(std::move(stored));
    for (auto& sent : mails_) world_.outbox.push_back(std::move(sent));
  }

  /// What an action that was carried out has done to the keep.
  void recall(const Action& action) {
    const bool moves = std::holds_alternative<FileInto>(action.what) ||
                       std::holds_alternative<Redirect>(action.what) ||
                       std::holds_alternative<Pipe>(action.what);
    const bool ends =
        std::holds_alternative<Discard>(action.what) || std::holds_alternative<Reject>(action.what);
    if (ends || (moves && !action.copy)) keep_cancelled_ = true;
    if (std::holds_alternative<Keep>(action.what)) stores_inbox_ = true;
    const auto* filed = std::get_if<FileInto>(&action.what);
    if (filed != nullptr && mailbox_key(filed->mailbox) == "INBOX") stores_inbox_ = true;
  }

private:
  void perform(const Action&, const Keep& keep_action) {
    keep(keep_action);
    stores_inbox_ = true;
  }

  void perform(const Action& action, const FileInto& filed) {
    store(filed.mailbox, filed.create, *filed.message, filed.flags);
    recall(action);
  }

  void perform(const Action& action, const Redirect& redirect) {
    const MessageEnvelope& envelope = world_.state().envelope;
    mail::EditedMessage message = *redirect.message;
    const std::string own = envelope.recipient.address.str();
    for (std::size_t i = message.fields().size(); i-- > 0;) {
      const mail::Field& field = message.fields()[i];
      const bool marker = base::equal_ignoring_case(field.name, redirect_marker);
      if (marker && base::equal_ignoring_case(base::trim(field.value), own)) return; // a loop: the keep stays
      if (base::equal_ignoring_case(field.name, "Return-Path")) message.erase_field(i);
    }
    message.insert_field(0, redirect_marker, own);
    const std::string policy =
        redirect.wants_reports() ? "recipient" : world_.setting("sieve_redirect_envelope_from");
    const mail::Address sender = policy_sender(policy, envelope, world_, envelope.transaction.reverse_path);
    mails_.push_back({sender, redirect.address, message.str()});
    recall(action);
  }

  void perform(const Action& action, const Discard&) { recall(action); }

  void perform(const Action& action, const Reject& reject) {
    const MessageEnvelope& envelope = world_.state().envelope;
    if (envelope.transaction.reverse_path.empty()) return; // nobody to tell: the keep stays
    send(compose_rejection(reject, envelope, world_, world_.state().message()));
    recall(action);
  }

  void perform(const Action&, const Vacation& vacation) {
    if (vacation.mail.recipients.empty()) return; // nobody may be answered
    send(vacation.mail);
    file_copy(vacation.fcc, vacation.mail);
  }
  void perform(const Action&, const Notify& notify) {
    send(notify.mail);
    file_copy(notify.fcc, notify.mail);
  }
  void perform(const Action&, const sieve::Report& report_action) { send(report_action.mail); }

  void perform(const Action& action, const Pipe& pipe) {
    const ProgramResult result =
        world_.run_program({"pipe", pipe.program, pipe.arguments, pipe.message->str()});
    if (!result.succeeded && !pipe.try_only) throw Failure{"pipe: " + result.error};
    if (result.succeeded) recall(action);
  }

  void perform(const Action&, const DuplicateMark&) {}

  void store(const std::string& mailbox, bool create, const mail::EditedMessage& message, Flags flags) {
    if (mailbox.find('/') != std::string::npos) {
      throw Failure{"fileinto: `" + mailbox + "' is no name of a mailbox"};
    }
    if (!create && !world_.mailbox_exists(mailbox)) {
      throw Failure{"fileinto: mailbox `" + mailbox + "' does not exist"};
    }
    add_flags(flags, has_attachment(message.root()) ? "$HasAttachment" : "$HasNoAttachment");
    stores_.emplace_back(mailbox_key(mailbox), StoredMessage{message.str(), std::move(flags)});
  }

  void file_copy(const std::optional<Fcc>& fcc, const OutgoingMail& mail) {
    if (!fcc) return;
    const mail::EditedMessage message(mail.octets);
    const bool there = fcc->create || world_.mailbox_exists(fcc->mailbox);
    store(there ? fcc->mailbox : "INBOX", true, message, fcc->flags);
  }

  void send(const OutgoingMail& mail) {
    for (const auto& recipient : mail.recipients) {
      mails_.push_back({mail.reverse_path, recipient, mail.octets});
    }
  }

  World& world_;
  std::vector<std::pair<std::string, StoredMessage>> stores_;
  std::vector<SentMessage> mails_;
  bool keep_cancelled_ = false;
  bool stores_inbox_ = false;
};

} // namespace

void keep_original(World& world) {
  if (world.implicit_keep_done) return;
  Transaction transaction(world);
  transaction.keep({world.state().original(), {}});
  transaction.commit();
  world.implicit_keep_done = true;
}

bool execute_result(World& world) {
  MessageState& state = world.state();
  Transaction transaction(world);
  try {
    for (const auto& entry : state.result.entries()) transaction.perform(entry);
    const bool due =
        !world.implicit_keep_done && !transaction.keep_cancelled() && !transaction.stores_inbox();
    if (due) transaction.keep({state.snapshot(), state.store_flags()});
    transaction.commit();
    if (due) world.implicit_keep_done = true;
    for (auto& entry : state.result.entries()) entry.executed = true;
    return true;
  } catch (const Failure& failure) {
    world.errors.push_back(failure.text);
  }
  keep_original(world);
  return false;
}

} // namespace sieve::testsuite
