// SPDX-License-Identifier: MIT
// Whole dialogues: all of the client's octets, then the end of input.
#include "fuzz.h"

#include "base/ascii.h"
#include "lmtp/talk.h"

using fuzz::require;

namespace {

/// RFC 5321 section 4.2: three digits, then "-" or a blank; CRLF ends each line and stands nowhere else.
void is_well_formed(std::string_view replies) {
  require(replies.empty() || replies.ends_with("\r\n"), "replies end with a whole line");
  while (!replies.empty()) {
    const auto line = replies.substr(0, replies.find("\r\n"));
    replies.remove_prefix(line.size() + 2);
    require(line.size() >= 4 && (line[3] == ' ' || line[3] == '-'), "a reply line begins with its code");
    require(std::string_view("245").find(line[0]) != std::string_view::npos || line.starts_with("354"),
            "the code is one that LMTP knows");
    for (const char c : line)
      require(c != '\r' && c != '\n' && c != '\0', "no control characters in a reply");
  }
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto options = test_options();
  options.size_limit = 4096;
  options.trust_client = size > 0 && data[0] % 2 == 0;
  const Talk result = talk(fuzz::text(data, size), options);
  is_well_formed(result.replies);
  for (const auto& delivery : result.deliveries) {
    require(!delivery.envelope.recipients.empty(), "no message without recipients is delivered");
    require(delivery.crlf_size <= options.size_limit, "no message beyond the limit is delivered");
  }
  return 0;
}
