// SPDX-License-Identifier: MIT
#include "delivery/valid_since.h"

#include "base/ascii.h"
#include "mail/date.h"

namespace delivery {

namespace {

std::optional<mail::Reply> judge(const User& user, std::int64_t wanted) {
  if (!user.since || *user.since <= wanted) return std::nullopt;
  return mail::Reply{550, "5.7.17", "This address has had another owner then"};
}

/// "address; date-time"; nothing if the address is another or something cannot be read.
std::optional<std::int64_t> wanted_for(const mail::Address& own, const std::string& value) {
  const auto semicolon = value.rfind(';');
  if (semicolon == std::string::npos) return std::nullopt;
  const auto address = mail::parse_mailbox(base::trim(std::string_view(value).substr(0, semicolon)));
  if (!address || address->local_part != own.local_part ||
      !base::equal_ignoring_case(address->domain, own.domain))
    return std::nullopt;
  const auto date = mail::parse_date(std::string_view(value).substr(semicolon + 1));
  return date ? std::optional(date->seconds) : std::nullopt;
}

} // namespace

bool knows_since_when(const UsersSpec& users) {
  return users.kind == UsersKind::passwd || users.kind == UsersKind::cdb;
}

std::optional<mail::Reply> owner_has_changed(const User& user, const mail::Recipient& recipient) {
  return recipient.rrvs ? judge(user, *recipient.rrvs) : std::nullopt;
}

std::optional<mail::Reply> owner_has_changed(const User& user, const mail::Recipient& recipient,
                                             const mail::EditedMessage& message) {
  if (recipient.rrvs || !user.since) return std::nullopt; // judged at RCPT; or nothing is known
  for (const auto& field : message.fields()) {
    if (!base::equal_ignoring_case(field.name, "Require-Recipient-Valid-Since")) continue;
    const auto wanted = wanted_for(recipient.address, mail::unfold(field.value));
    if (!wanted) continue;
    if (auto reply = judge(user, *wanted)) return reply;
  }
  return std::nullopt;
}

} // namespace delivery
