// SPDX-License-Identifier: MIT
// subaddress (RFC 5233): complete. The first of the configured separators divides user and detail; without
// one the whole local part is the user and there is no detail (section 4).
#include "sieve/address_part.h"
#include "sieve/execution.h"
#include "sieve/spec.h"

namespace sieve {

namespace {

std::size_t separator(const Execution& execution, const mail::Address& address) {
  return address.local_part.find_first_of(execution.recipient_delimiter());
}

class UserPart final : public AddressPart {
public:
  constexpr UserPart() : AddressPart("user") {}
  std::optional<std::string> extract(const Execution& execution,
                                     const mail::Address& address) const override {
    return address.local_part.substr(0, separator(execution, address));
  }
};

class DetailPart final : public AddressPart {
public:
  constexpr DetailPart() : AddressPart("detail") {}
  std::optional<std::string> extract(const Execution& execution,
                                     const mail::Address& address) const override {
    const auto at = separator(execution, address);
    if (at == std::string::npos) return std::nullopt;
    return address.local_part.substr(at + 1);
  }
};

constinit const UserPart user_part;
constinit const DetailPart detail_part;

constexpr TagSpec tags[] = {
    {.name = "user", .group = TagGroup::address_part, .address_part = &user_part},
    {.name = "detail", .group = TagGroup::address_part, .address_part = &detail_part},
};

} // namespace

extern const Extension subaddress_extension;
constinit const Extension subaddress_extension = {.name = "subaddress", .rfc = "5233", .tags = tags};

} // namespace sieve
