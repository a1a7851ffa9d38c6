// SPDX-License-Identifier: MIT
#include "sieve/address_part.h"

#include "sieve/arguments.h"

namespace sieve {

constinit const AllPart all_part;
constinit const LocalPart localpart_part;
constinit const DomainPart domain_part;

/// As an addr-spec, quoted where it must be (RFC 5322 section 3.4.1).
std::optional<std::string> AllPart::extract(const Execution&, const mail::Address& address) const {
  return address.str();
}

std::optional<std::string> LocalPart::extract(const Execution&, const mail::Address& address) const {
  return address.local_part;
}

std::optional<std::string> DomainPart::extract(const Execution&, const mail::Address& address) const {
  return address.domain;
}

const AddressPart& chosen_part(const Arguments& arguments) {
  const TagUse* use = arguments.tag(TagGroup::address_part);
  return use != nullptr ? *use->spec->address_part : all_part;
}

} // namespace sieve
