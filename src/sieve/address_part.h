// SPDX-License-Identifier: MIT
// Which part of an address a test looks at (RFC 5228 section 2.7.4).
#pragma once

#include "mail/address.h"

#include <optional>
#include <string>
#include <string_view>

namespace sieve {

class Arguments;
class Execution;

class AddressPart {
public:
  constexpr explicit AddressPart(std::string_view its_name) : name(its_name) {}
  const std::string_view name;
  /// Nothing when the address has no such part.
  virtual std::optional<std::string> extract(const Execution& execution,
                                             const mail::Address& address) const = 0;

protected:
  ~AddressPart() = default; // only constants of the program's are any: nothing is to be destroyed
};

class AllPart final : public AddressPart {
public:
  constexpr AllPart() : AddressPart("all") {}
  std::optional<std::string> extract(const Execution&, const mail::Address& address) const override;
};
class LocalPart final : public AddressPart {
public:
  constexpr LocalPart() : AddressPart("localpart") {}
  std::optional<std::string> extract(const Execution&, const mail::Address& address) const override;
};
class DomainPart final : public AddressPart {
public:
  constexpr DomainPart() : AddressPart("domain") {}
  std::optional<std::string> extract(const Execution&, const mail::Address& address) const override;
};

extern const AllPart all_part;
extern const LocalPart localpart_part;
extern const DomainPart domain_part;

/// The part that a test's tags choose; :all if they choose none.
const AddressPart& chosen_part(const Arguments& arguments);

} // namespace sieve
