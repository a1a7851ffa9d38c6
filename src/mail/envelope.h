// SPDX-License-Identifier: MIT
// The envelope of one mail transaction (RFC 5321 section 2.3.1) with the parameters that extensions add.
#pragma once

#include "mail/address.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace mail {

/// RFC 3461 section 4.1: when a recipient's sender wants to hear. None set: the default, failure and delay.
struct Notify {
  bool given = false;
  bool never = false;
  bool success = false;
  bool failure = false;
  bool delay = false;
};

struct Recipient {
  Address address; // as RCPT named it
  Notify notify;
  std::string orcpt_type;           // "rfc822", "utf-8", ... or empty when ORCPT was not given
  std::string orcpt;                // decoded from xtext (RFC 3461) or utf-8-addr-xtext (RFC 6533)
  std::optional<std::int64_t> rrvs; // RFC 7293: the recipient must have been valid since; seconds since 1970
};

enum class Body { unspecified, seven_bit, eight_bit_mime };
enum class Ret { unspecified, full, headers };

/// RFC 2852 section 4.
struct DeliverBy {
  std::int64_t seconds = 0;
  char mode = 'N'; // 'N' notify, 'R' return
  bool trace = false;
};

/// What is known of the client: its LHLO name, and what XFORWARD or XCLIENT told when it is trusted.
struct Client {
  std::string lhlo;
  std::string name;    // reverse host name
  std::string address; // IP address without brackets
  std::string port;
  std::string helo;
  std::string protocol;
  std::string login;
  std::string queue_id; // XFORWARD IDENT
};

/// What all recipients share.
struct Transaction {
  Address reverse_path;                       // empty: <>
  std::optional<std::uint64_t> declared_size; // MAIL SIZE=, octets with CRLF line ends
  Body body = Body::unspecified;
  bool smtputf8 = false;
  Ret ret = Ret::unspecified;
  std::string envid; // decoded
  std::string auth;  // MAIL AUTH=, decoded; "<>" when withheld
  std::optional<DeliverBy> by;
  Client client;
};

struct Envelope : Transaction {
  std::vector<Recipient> recipients; // those that were answered 250, in RCPT order
};

} // namespace mail
