// SPDX-License-Identifier: MIT
#include "lmtp/transaction.h"

#include "base/ascii.h"
#include "base/log.h"

#include <exception>
#include <utility>

namespace lmtp {

namespace {

constexpr mail::FixedReply too_large{552, "5.3.4", "Message too large"};
constexpr mail::FixedReply no_storage{452, "4.3.1", "Insufficient system storage"};
constexpr mail::FixedReply no_result{451, "4.3.0", "Delivery ended without a result"};

/// Quoted local parts may hold an '@', none holds a NUL.
std::string key_of(const mail::Address& address) {
  return address.local_part + '\0' + base::lower(address.domain);
}

/// A final reply is 2xx, 4xx or 5xx: anything else would leave the client waiting, or bounce the mail.
mail::Reply final_reply(const mail::Reply& reply) {
  const bool final = (reply.code >= 200 && reply.code < 300) || (reply.code >= 400 && reply.code < 600);
  return final ? reply : mail::Reply(no_result);
}

} // namespace

Transaction::Transaction(mail::Envelope envelope, base::Spool& spool, std::uint64_t size_limit)
    : envelope_(std::move(envelope)), spool_(spool), size_limit_(size_limit) {}

std::optional<mail::Reply> Transaction::accept_again(const mail::Recipient& recipient) {
  const auto found = known_.find(key_of(recipient.address));
  if (found == known_.end()) return std::nullopt;
  slots_.push_back(found->second);
  return accepted_[found->second];
}

void Transaction::accept(mail::Recipient recipient, const mail::Reply& reply) {
  const std::size_t place = envelope_.recipients.size();
  known_.emplace(key_of(recipient.address), place);
  slots_.push_back(place);
  accepted_.push_back(reply);
  envelope_.recipients.push_back(std::move(recipient));
}

void Transaction::append(std::string_view octets, LineWriter& decoder) {
  const std::size_t line_ends = decoder.take_line_ends();
  if (failure_) return;
  if (size_limit_ > 0 && decoder.octets() > size_limit_) return fail(too_large);
  try {
    spool_.append(octets);
    spool_.add_line_ends(line_ends);
  } catch (const std::exception& error) {
    base::log(base::LogLevel::error, "cannot spool the message", {{"error", error.what()}});
    fail(no_storage);
  }
}

void Transaction::fail(mail::Reply failure) {
  failure_ = std::move(failure);
  spool_.clear();
}

void Transaction::deliver(Receiver& receiver, const Receiver::Answer& send) {
  std::vector<mail::Reply> results;
  std::size_t next = 0; // of slots_, to be answered
  const auto answer = [&](const mail::Reply& reply) {
    if (results.size() == envelope_.recipients.size()) return false;
    results.push_back(final_reply(reply));
    bool heard = true;
    for (; next < slots_.size() && slots_[next] < results.size(); ++next)
      heard = send(results[slots_[next]]) && heard;
    return heard;
  };
  if (!failure_) hand_over(receiver, answer);
  while (results.size() < envelope_.recipients.size()) answer(failure_.value_or(mail::Reply(no_result)));
}

void Transaction::hand_over(Receiver& receiver, const Receiver::Answer& answer) {
  try {
    spool_.finish();
  } catch (const std::exception& error) {
    base::log(base::LogLevel::error, "cannot spool the message", {{"error", error.what()}});
    return fail(no_storage);
  }
  try {
    receiver.deliver(envelope_, spool_, answer);
  } catch (const std::exception& error) { // against its contract; who has no reply yet gets 451
    base::log(base::LogLevel::error, "delivery failed", {{"error", error.what()}});
  }
}

} // namespace lmtp
