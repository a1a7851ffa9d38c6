// SPDX-License-Identifier: MIT
// Command lines (RFC 5321 section 4.1.1) as values. What cannot be read comes back as the Reply that refuses
// it.
#pragma once

#include "mail/envelope.h"
#include "mail/reply.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace lmtp {

template <typename Value>
using Parsed = std::variant<Value, mail::Reply>;

struct Command {
  std::string_view verb;     // as written; verbs have no case
  std::string_view argument; // trimmed
};

/// `line` has no CRLF; the views point into it. A control character anywhere is refused (500 5.5.2): none has
/// a meaning in a command, and each has one for a log, a header or a terminal.
Parsed<Command> parse_command(std::string_view line);

/// The client's name: 501 5.5.4 if there is none.
Parsed<std::string> parse_lhlo(std::string_view argument);

/// "FROM:<path> parameters", into an envelope without recipients. RFC 1870 SIZE, 6152 BODY, 6531 SMTPUTF8,
/// 3461 RET and ENVID, 4954 AUTH, 2852 BY. 501 5.1.7 for the address, 501 5.5.4 for the syntax, 555 5.5.4 for
/// a parameter that is none of these.
Parsed<mail::Envelope> parse_mail(std::string_view argument);

/// "TO:<path> parameters". RFC 3461 NOTIFY and ORCPT (with 6533's utf-8), RFC 7293 RRVS. 501 5.1.3 for the
/// address.
Parsed<mail::Recipient> parse_rcpt(std::string_view argument);

/// RFC 3030 section 2.
struct Chunk {
  std::uint64_t octets = 0;
  bool last = false;
};
Parsed<Chunk> parse_bdat(std::string_view argument);

/// RFC 3339 date-time, seconds since 1970-01-01 00:00 UTC; fractions are dropped.
std::optional<std::int64_t> parse_timestamp(std::string_view text);

} // namespace lmtp
