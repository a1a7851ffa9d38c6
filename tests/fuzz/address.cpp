// SPDX-License-Identifier: MIT
// Envelope paths, single mailboxes, address lists, xtext.
#include "fuzz.h"

#include "mail/address.h"
#include "mail/xtext.h"

using fuzz::require;

namespace {

void writing_is_reading_back(const mail::Address& address, bool utf8) {
  if (address.domain.empty()) return; // a bare local part is no mailbox
  const auto again = mail::parse_mailbox(address.str(), utf8);
  require(again && *again == address, "an address that was read can be written and read again");
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = fuzz::text(data, size);
  for (const bool utf8 : {false, true}) {
    std::string_view rest;
    if (const auto path = mail::parse_path(text, rest, utf8)) {
      require(rest.size() < text.size() && text.ends_with(rest),
              "what follows a path is the end of the text");
      writing_is_reading_back(*path, utf8);
    }
    if (const auto mailbox = mail::parse_mailbox(text, utf8)) writing_is_reading_back(*mailbox, utf8);
  }
  constexpr std::size_t most = 100;
  require(mail::parse_address_list(text, most).size() <= most, "a list keeps its limit");
  require(mail::decode_xtext(mail::encode_xtext(text)) == text, "xtext comes back as it was");
  mail::decode_xtext(text);
  mail::decode_utf8_xtext(text);
  return 0;
}
