// SPDX-License-Identifier: MIT
// Addresses of the envelope (RFC 5321 section 4.1.2, RFC 6531) and of header fields (RFC 5322 section 3.4).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mail {

/// local-part@domain, unquoted. Both empty: the null reverse-path <>. Domain alone empty: a bare local part
/// such as <Postmaster>.
struct Address {
  std::string local_part; // quoted-string content without quotes and backslashes
  std::string domain;     // as written; an address literal keeps its brackets

  bool empty() const { return local_part.empty() && domain.empty(); }
  /// As RFC 5321 writes it, the local part quoted where it must be; dots stand unquoted wherever they were.
  std::string str() const;
  bool operator==(const Address&) const = default;
};

/// What stands at the head of `text` between '<' and '>', source route dropped; `rest` is set to what
/// follows. Nothing if it is no path, or a NUL or control character stands in it. `utf8` allows RFC 6531
/// octets. Dots stand anywhere in a local part, '_' and '-' anywhere in a domain's labels: mail that exists
/// is delivered.
std::optional<Address> parse_path(std::string_view text, std::string_view& rest, bool utf8 = true);
/// The same for a bare address without brackets, as in ORCPT or a configuration file; the whole text counts.
std::optional<Address> parse_mailbox(std::string_view text, bool utf8 = true);

/// One mailbox of an address list in a header field.
struct HeaderAddress {
  std::string display_name; // decoded from RFC 2047, UTF-8
  Address address;
  bool valid = true; // false: `raw` is no address; it still can be compared as a whole
  std::string raw;   // as it stood in the field, unfolded and trimmed
};

/// The mailboxes of an address-list (RFC 5322 section 3.4 with the obsolete forms): group members are listed,
/// group names, comments and routes dropped. A part that cannot be read becomes one entry with valid = false,
/// <> one that is valid and empty. Reads at most `limit` addresses.
std::vector<HeaderAddress> parse_address_list(std::string_view value, std::size_t limit = 10000);

} // namespace mail
