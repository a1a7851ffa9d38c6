// SPDX-License-Identifier: MIT
#include "sieve/sender_policy.h"

#include "base/ascii.h"

namespace sieve {

namespace {

mail::Address user_address(const MessageEnvelope& envelope, const Host& host) {
  for (const auto& own : host.own_addresses()) {
    if (auto address = mail::parse_mailbox(own)) return std::move(*address);
  }
  return envelope.recipient.address;
}

mail::Address original_recipient(const MessageEnvelope& envelope) {
  auto address = mail::parse_mailbox(envelope.recipient.orcpt);
  return address ? std::move(*address) : envelope.recipient.address;
}

std::optional<mail::Address> named(std::string_view policy, const MessageEnvelope& envelope,
                                   const Host& host) {
  const std::string name = base::lower(policy);
  if (name == "sender") return envelope.transaction.reverse_path;
  if (name == "recipient") return envelope.recipient.address;
  if (name == "orig_recipient") return original_recipient(envelope);
  if (name == "user_email") return user_address(envelope, host);
  if (name == "postmaster") return postmaster_address(host);
  if (policy.substr(0, 1) != "<") return std::nullopt;
  std::string_view rest;
  auto address = mail::parse_path(policy, rest);
  return address && rest.empty() ? address : std::nullopt;
}

} // namespace

mail::Address postmaster_address(const Host& host) {
  const std::string text = host.postmaster();
  if (auto address = mail::parse_mailbox(text)) return std::move(*address);
  return {text, {}};
}

mail::Address policy_author(std::string_view policy, const MessageEnvelope& envelope, const Host& host,
                            const mail::Address& fallback) {
  auto address = named(base::trim(policy), envelope, host);
  return address && !address->empty() ? std::move(*address) : fallback;
}

mail::Address policy_sender(std::string_view policy, const MessageEnvelope& envelope, const Host& host,
                            const mail::Address& fallback) {
  if (envelope.transaction.reverse_path.empty()) return {};
  auto address = named(base::trim(policy), envelope, host);
  return address ? std::move(*address) : fallback;
}

} // namespace sieve
