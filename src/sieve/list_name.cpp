// SPDX-License-Identifier: MIT
#include "sieve/list_name.h"

#include "base/ascii.h"

#include <cctype>
#include <string_view>

namespace sieve {

namespace {

constexpr std::string_view urn = "urn:ietf:params:sieve:";
constexpr std::string_view address_book = ":addrbook:";

/// RFC 3986 section 2.1; what is no escape stays.
std::string percent_decoded(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto digits = text.substr(i + 1, 2);
    const bool escape = text[i] == '%' && digits.size() == 2 &&
                        std::isxdigit(static_cast<unsigned char>(digits[0])) != 0 &&
                        std::isxdigit(static_cast<unsigned char>(digits[1])) != 0;
    result += escape ? static_cast<char>(std::stoi(std::string(digits), nullptr, 16)) : text[i];
    if (escape) i += 2;
  }
  return result;
}

} // namespace

std::string canonical_list_name(std::string_view name) {
  std::string_view rest = name;
  if (base::starts_with_ignoring_case(rest, urn)) rest.remove_prefix(urn.size() - 1);
  if (!base::starts_with_ignoring_case(rest, address_book)) return std::string(rest);
  const std::string book = percent_decoded(rest.substr(address_book.size()));
  if (base::equal_ignoring_case(book, "default")) return default_address_book;
  return std::string(address_book) + book;
}

} // namespace sieve
