// SPDX-License-Identifier: MIT
// One mail transaction (RFC 5321 section 3.3), from MAIL to the last reply: the envelope as it grows, the
// message as it comes, and which answer belongs to which RCPT.
#pragma once

#include "base/spool.h"
#include "lmtp/data.h"
#include "lmtp/receiver.h"
#include "mail/envelope.h"
#include "mail/reply.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace lmtp {

class Transaction {
public:
  /// `spool` is empty and lives as long as the transaction; `size_limit` counts octets with CRLF, 0 is none.
  Transaction(mail::Envelope envelope, base::Spool& spool, std::uint64_t size_limit);

  const mail::Envelope& envelope() const { return envelope_; }
  /// How many RCPTs were accepted, those included that named somebody a second time.
  std::size_t accepted() const { return slots_.size(); }

  /// If this recipient was accepted before (same local part, same domain without regard to case): counts it
  /// once more and returns the reply it had.
  std::optional<mail::Reply> accept_again(const mail::Recipient& recipient);
  void accept(mail::Recipient recipient, const mail::Reply& reply);

  /// Spools what `decoder` has made. A message that is too large or that the spool cannot hold is dropped,
  /// and all that follows with it; the failure will be the answer to every recipient.
  void append(std::string_view octets, LineWriter& decoder);
  const std::optional<mail::Reply>& failure() const { return failure_; }

  /// The state of BDAT: null until the first chunk.
  std::optional<ChunkDecoder> chunks;

  /// Hands the message over and sends exactly one reply for each accepted RCPT, in their order, each as soon
  /// as it is known. `send` must not throw; it tells whether the client was given the reply.
  void deliver(Receiver& receiver, const Receiver::Answer& send);

private:
  void fail(mail::Reply failure);
  void hand_over(Receiver& receiver, const Receiver::Answer& answer);

  mail::Envelope envelope_;
  base::Spool& spool_;
  std::uint64_t size_limit_;
  std::vector<std::size_t> slots_; // for each accepted RCPT its place in envelope_.recipients
  std::unordered_map<std::string, std::size_t> known_; // address -> that place
  std::vector<mail::Reply> accepted_;                  // the reply to RCPT of each of envelope_.recipients
  std::optional<mail::Reply> failure_;
};

} // namespace lmtp
