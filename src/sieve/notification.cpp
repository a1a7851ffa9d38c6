// SPDX-License-Identifier: MIT
#include "sieve/notification.h"

#include "sieve/execution.h"
#include "sieve/mail_draft.h"
#include "sieve/sender_policy.h"
#include "sieve/setting_value.h"

#include <algorithm>

namespace sieve {

namespace {

bool contains(const std::vector<mail::Address>& list, const mail::Address& address) {
  return std::any_of(list.begin(), list.end(),
                     [&](const mail::Address& other) { return same_address(other, address); });
}

bool is_notified(Execution& execution, const mail::Address& address) {
  const auto& entries = execution.state().result.entries();
  return std::any_of(entries.begin(), entries.end(), [&](const Result::Entry& entry) {
    const auto* notify = std::get_if<Notify>(&entry.action.what);
    return notify != nullptr && contains(notify->mail.recipients, address);
  });
}

struct Importance {
  std::string_view digit, importance, priority;
};
constexpr Importance levels[] = {
    {"1", "high", "1 (Highest)"}, {"2", "normal", "3 (Normal)"}, {"3", "low", "5 (Lowest)"}};

const Importance* find_level(std::string_view digit) {
  const auto found = std::find_if(std::begin(levels), std::end(levels),
                                  [&](const Importance& one) { return one.digit == digit; });
  return found == std::end(levels) ? nullptr : found;
}

/// A quoted string (RFC 5322 section 3.2.4).
std::string quoted(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + '"';
}

} // namespace

void drop_told(Execution& execution, std::vector<mail::HeaderAddress>& list,
               std::vector<mail::Address>& recipients) {
  std::erase_if(list, [&](const mail::HeaderAddress& one) {
    if (contains(recipients, one.address) || is_notified(execution, one.address)) return true;
    recipients.push_back(one.address);
    return false;
  });
}

mail::Address notification_reverse_path(Execution& execution, const mail::Address& author) {
  return policy_sender(setting_value(execution.host(), notification_sender), execution.state().envelope,
                       execution.host(), author);
}

std::string auto_notified(Execution& execution) {
  return "auto-notified; owner-email=" + quoted(execution.state().envelope.recipient.address.str());
}

bool is_importance(std::string_view digit) { return find_level(digit) != nullptr; }

void add_importance_fields(MailDraft& draft, std::string_view digit) {
  const Importance* level = find_level(digit);
  draft.field("Importance", level->importance);
  draft.field("X-Priority", level->priority);
}

} // namespace sieve
