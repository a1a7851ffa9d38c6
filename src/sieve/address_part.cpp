// SPDX-License-Identifier: MIT
#include "sieve/address_part.h"

#include "sieve/arguments.h"

namespace sieve {

constinit const AllPart all_part;
constinit const LocalPart localpart_part;
constinit const DomainPart domain_part;

/// Unquoted, as scripts write it in their keys.
std::optional<std::string> AllPart::extract(const Execution&, const mail::Address& address) const {
  return address.domain.empty() ? address.local_part : address.local_part + '@' + address.domain;
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
