// SPDX-License-Identifier: MIT
// The mailto URI of a notification (RFC 5436 section 2, RFC 6068, RFC 2368).
#pragma once

#include "mail/address.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sieve {

struct Mailto {
  std::vector<mail::HeaderAddress> to;
  std::vector<mail::HeaderAddress> cc;
  std::optional<std::string> subject;
  std::optional<std::string> body;
  std::vector<std::pair<std::string, std::string>> fields; // the others that may be set, decoded
  std::vector<std::string> ignored;                        // names of fields that a URI may not set
};

/// The scheme of a URI in lower case; empty if the text has none.
std::string uri_scheme(std::string_view uri);

/// Nothing, and `why` set, if the URI is no mailto URI.
std::optional<Mailto> parse_mailto(std::string_view uri, std::string& why);

} // namespace sieve
