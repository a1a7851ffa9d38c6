// SPDX-License-Identifier: MIT
// What a session needs of the world. The session knows the protocol; who the recipients are and how mail
// reaches them is behind this. Tests give a fake.
#pragma once

#include "base/spool.h"
#include "mail/envelope.h"
#include "mail/reply.h"

#include <functional>

namespace lmtp {

class Receiver {
public:
  /// Takes one recipient's reply. True when the client was given it, false when the client is gone.
  using Answer = std::function<bool(const mail::Reply&)>;

  virtual ~Receiver() = default;

  /// May this recipient have mail? Asked at RCPT; `envelope` holds MAIL's parameters and the recipients
  /// accepted before. A positive reply accepts it.
  virtual mail::Reply recipient(const mail::Envelope& envelope, const mail::Recipient& recipient) = 0;

  /// Delivers to every recipient of the envelope and calls `answer` exactly once for each, in their order, as
  /// soon as its result is final. Does not throw.
  virtual void deliver(const mail::Envelope& envelope, const base::Spool& message, const Answer& answer) = 0;
};

} // namespace lmtp
