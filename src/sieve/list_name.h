// SPDX-License-Identifier: MIT
// Names of externally stored lists (RFC 6134 section 2.5).
#pragma once

#include <string>

namespace sieve {

/// The address book that every script may ask.
inline constexpr const char* default_address_book = ":addrbook:default";

/// One spelling for all that mean the same list: "urn:ietf:params:sieve:" is written ":", an address book's
/// name is decoded and "default" in any case is that. Other names stay as they are.
std::string canonical_list_name(std::string_view name);

} // namespace sieve
