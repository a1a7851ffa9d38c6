// SPDX-License-Identifier: MIT
// The door to utf8proc: the Unicode properties that i;unicode-casemap needs.
#pragma once

#include <string>
#include <string_view>

namespace sieve {

bool have_unicode();

/// RFC 5051 section 2.1: each character by its simple titlecase mapping, then fully decomposed. Octets that
/// are no UTF-8 stay as they are. Without utf8proc at build time ASCII letters alone are mapped.
std::string unicode_fold(std::string_view text);

} // namespace sieve
