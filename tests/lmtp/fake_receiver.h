// SPDX-License-Identifier: MIT
// A world for sessions under test: everybody exists but "nobody", and a few names have their own fate.
#pragma once

#include "lmtp/receiver.h"

#include <string>
#include <vector>

struct Delivery {
  mail::Envelope envelope;
  std::string message; // as it would lie on disk
  std::size_t crlf_size;
};

class FakeReceiver : public lmtp::Receiver {
public:
  std::vector<Delivery> deliveries;
  std::size_t asked = 0; // calls of recipient()

  mail::Reply recipient(const mail::Envelope&, const mail::Recipient& recipient) override {
    ++asked;
    const std::string& name = recipient.address.local_part;
    if (name == "nobody") return {550, "5.1.1", "No such user"};
    if (name == "unknown") return {451, "4.3.0", "Users cannot be looked up"};
    return {250, "2.1.5", "Recipient OK"};
  }

  void deliver(const mail::Envelope& envelope, const base::Spool& message, const Answer& answer) override {
    deliveries.push_back({envelope, std::string(message.view()), message.crlf_size()});
    for (const auto& recipient : envelope.recipients) {
      const std::string& name = recipient.address.local_part;
      if (name == "silent") return; // a receiver that breaks its promise
      if (name == "full")
        answer({452, "4.2.2", "Mailbox full"});
      else if (name == "reject")
        answer({550, "5.7.1", "I do not want\nthis m\xc3\xa9ssage"});
      else
        answer({250, "2.0.0", "Delivered"});
    }
  }
};
