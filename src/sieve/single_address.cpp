// SPDX-License-Identifier: MIT
#include "sieve/single_address.h"

#include <algorithm>

namespace sieve {

std::optional<mail::HeaderAddress> single_address(std::string_view text) {
  auto addresses = mail::parse_address_list(text, 2);
  if (addresses.size() != 1 || !addresses.front().valid) return std::nullopt;
  const mail::Address& address = addresses.front().address;
  const auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
  const bool ascii = std::all_of(address.local_part.begin(), address.local_part.end(), is_ascii);
  if (address.domain.empty() || !ascii) return std::nullopt;
  return std::move(addresses.front());
}

} // namespace sieve
