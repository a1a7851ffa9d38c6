// SPDX-License-Identifier: MIT
// A whole conversation at once: all of the client's octets, then the end of input.
#pragma once

#include "fake_receiver.h"
#include "lmtp/session.h"

#include <string>
#include <string_view>

struct Talk {
  int status;
  std::string replies;
  std::vector<Delivery> deliveries;
  std::size_t asked;
};

lmtp::SessionOptions test_options();
/// What the server says to `input`, which is there as a whole before it begins.
Talk talk(std::string_view input, const lmtp::SessionOptions& options = test_options());
/// The codes of final reply lines ("250", not "250-"), divided by blanks.
std::string codes(std::string_view replies);
