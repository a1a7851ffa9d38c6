// SPDX-License-Identifier: MIT
#include "sieve/reply_rules.h"

#include "base/ascii.h"
#include "mail/header.h"
#include "sieve/execution.h"
#include "sieve/mail_draft.h"

#include <algorithm>
#include <set>

namespace sieve {

namespace {

template <class List>
bool is_any(const List& list, std::string_view text) {
  return std::any_of(std::begin(list), std::end(list),
                     [&](std::string_view one) { return base::equal_ignoring_case(one, text); });
}

/// Local parts behind which no person reads (RFC 5230 section 4.6). Postmaster is not among them.
bool is_program(const mail::Address& sender) {
  static constexpr std::string_view programs[] = {"MAILER-DAEMON", "LISTSERV", "majordomo"};
  const std::string local = base::lower(sender.local_part);
  return is_any(programs, local) || local.starts_with("owner-") || local.ends_with("-request");
}

bool is_own(const std::vector<mail::Address>& own, const mail::Address& address) {
  return std::any_of(own.begin(), own.end(),
                     [&](const mail::Address& one) { return same_address(one, address); });
}

/// "bulk (x)" is bulk.
bool is_bulk(const mail::Field& field) {
  static constexpr std::string_view bulk[] = {"bulk", "junk", "list"};
  const std::string value = mail::unfold(field.value);
  return is_any(bulk, base::trim(std::string_view(value).substr(0, value.find_first_of(";("))));
}

/// A list of what the sender wants no answer to; out-of-office replies are one item.
bool suppresses_replies(const mail::Field& field) {
  static constexpr std::string_view ours[] = {"all", "oof", "autoreply"};
  const std::string value = mail::unfold(field.value);
  const auto items = base::split(value, ',');
  return std::any_of(items.begin(), items.end(),
                     [](std::string_view item) { return is_any(ours, base::trim(item)); });
}

std::string reason_in_field(const mail::Field& field) {
  static constexpr std::string_view list_fields[] = {"List-Id",          "List-Help", "List-Subscribe",
                                                     "List-Unsubscribe", "List-Post", "List-Owner",
                                                     "List-Archive"};
  if (is_any(list_fields, field.name)) return "it comes from a mailing list: " + std::string(field.name);
  if (base::equal_ignoring_case(field.name, "Precedence") && is_bulk(field))
    return "its Precedence is bulk mail's";
  if (base::equal_ignoring_case(field.name, "X-Auto-Response-Suppress") && suppresses_replies(field)) {
    return "its sender wants no replies: X-Auto-Response-Suppress";
  }
  return {};
}

} // namespace

std::string reason_not_to_reply(Execution& execution, const std::vector<mail::Address>& own) {
  const mail::Address& sender = execution.state().envelope.transaction.reverse_path;
  if (is_own(own, sender)) return "it is the user's own";
  return reason_not_to_reply(sender, execution.message());
}

std::string reason_not_to_reply(const mail::Address& sender, const mail::EditedMessage& message) {
  if (sender.empty()) return "it has no envelope sender";
  if (is_program(sender)) return "its sender is a program: " + base::printable(sender.str());
  if (is_auto_submitted(message)) return "it is automatic: Auto-Submitted";
  for (const mail::Field& field : message.fields()) {
    if (auto reason = reason_in_field(field); !reason.empty()) return reason;
  }
  return {};
}

std::optional<mail::Address> addressed_as(Execution& execution, const std::vector<mail::Address>& own) {
  static constexpr std::string_view fields[] = {"To", "Cc", "Bcc", "Resent-To", "Resent-Cc", "Resent-Bcc"};
  std::set<std::string> wanted; // both may be many
  for (const mail::Address& address : own) wanted.insert(base::lower(address.str()));
  for (const mail::Field& field : execution.message().fields()) {
    if (!is_any(fields, field.name)) continue;
    for (const auto& entry : mail::parse_address_list(field.value)) {
      if (entry.valid && wanted.contains(base::lower(entry.address.str()))) return entry.address;
    }
  }
  return std::nullopt;
}

} // namespace sieve
