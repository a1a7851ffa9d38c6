// SPDX-License-Identifier: MIT
// Structured values with parameters: Content-Type, Content-Disposition (RFC 2045 section 5.1, RFC 2183), with
// the charsets, languages and continuations of RFC 2231, and encoded words (RFC 2047) where mailers wrongly
// put them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mail {

/// Names in lower case, values decoded to UTF-8, in order of first appearance, continuations joined.
using Parameters = std::vector<std::pair<std::string, std::string>>;

struct ParameterizedValue {
  std::string value; // what stands before the first ';', trimmed, comments removed, case kept
  Parameters parameters;
};

/// Never fails: what cannot be read is left out. At most `limit` parameters.
ParameterizedValue parse_parameters(std::string_view field_value, std::size_t limit = 1000);

/// The parameter of that name (ASCII case ignored), or null.
const std::string* find_parameter(const Parameters& parameters, std::string_view name);

} // namespace mail
