// SPDX-License-Identifier: MIT
// An SMTP reply (RFC 5321 section 4.2) with its enhanced status code (RFC 3463): the one currency of results.
#pragma once

#include <string>

namespace mail {

struct Reply {
  int code = 451;
  std::string enhanced; // "2.1.5", or empty for replies that carry none (greeting, LHLO, 354)
  std::string
      text; // UTF-8; lines divided by LF become a multi-line reply; control characters are removed when sent

  bool positive() const { return code < 400; }
  bool temporary() const { return code >= 400 && code < 500; }
  bool permanent() const { return code >= 500; }

  /// As it goes over the wire, every line ended by CRLF and with code and enhanced code repeated (RFC 2034).
  /// Octets outside ASCII stay if `utf8` (RFC 6531), else each becomes '?'. Lines are cut at 512 octets.
  std::string wire(bool utf8 = false) const;
};

/// A reply that is always the same. As a constant it takes no time at the start, where a Reply would have to
/// be made and, at the end, be destroyed.
struct FixedReply {
  int code;
  const char* enhanced;
  const char* text;
  operator Reply() const { return {code, enhanced, text}; }
};

} // namespace mail
