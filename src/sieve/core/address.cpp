// SPDX-License-Identifier: MIT
// address (RFC 5228 section 5.1).
#include "base/ascii.h"
#include "mail/header.h"
#include "sieve/address_part.h"
#include "sieve/compiler.h"
#include "sieve/execution.h"
#include "sieve/field_cache.h"
#include "sieve/fields.h"
#include "sieve/match.h"

#include <algorithm>

namespace sieve {

namespace {

/// Fields with an address-list, or one address, in them. Others are refused: what looks like an address in
/// them would be chance.
constexpr std::string_view address_fields[] = {"from",
                                               "to",
                                               "cc",
                                               "bcc",
                                               "sender",
                                               "reply-to",
                                               "resent-from",
                                               "resent-to",
                                               "resent-cc",
                                               "resent-bcc",
                                               "resent-sender",
                                               "resent-reply-to",
                                               "return-path",
                                               "delivered-to",
                                               "x-original-to",
                                               "original-to",
                                               "envelope-to",
                                               "envelope-from",
                                               "errors-to",
                                               "content-from", // of a body part (RFC 5703 section 4.2)
                                               "apparently-to",
                                               "disposition-notification-to",
                                               "return-receipt-to",
                                               "mail-followup-to",
                                               "mail-reply-to",
                                               "original-recipient",
                                               "final-recipient",
                                               "x-original-from",
                                               "x-envelope-to",
                                               "x-envelope-from"};

bool is_address_field(std::string_view name) {
  return std::any_of(std::begin(address_fields), std::end(address_fields),
                     [&](std::string_view known) { return base::equal_ignoring_case(known, name); });
}

using Addresses = std::vector<mail::HeaderAddress>;

class AddressTest final : public Test {
public:
  AddressTest(FieldQuery query, Match match, const AddressPart& part, TextList keys)
      : query_(std::move(query)), match_(std::move(match)), part_(part), keys_(std::move(keys)) {}

  bool test(Execution& execution) const override {
    ValueList values;
    const auto selected = select_fields(execution, query_);
    if (!selected.empty()) add(execution, selected, values);
    return run_match(execution, match_, values, keys_);
  }

private:
  void add(Execution& execution, const std::vector<const mail::Field*>& fields, ValueList& values) const {
    auto& cache = FieldCache<Addresses>::of(execution);
    const auto read = [&](std::string_view value) {
      execution.spend_work(8 * value.size());
      return mail::parse_address_list(value);
    };
    for (const mail::Field* field : fields) {
      if (query_.names.size() > 1) values.from(field->name);
      execution.spend_work(16);
      add(execution, field->value, cache.get(field->value, read), values);
    }
  }
  void add(Execution& execution, std::string_view value, const Addresses& addresses,
           ValueList& values) const {
    const bool whole = &part_ == &all_part;
    if (addresses.empty() && base::trim(value).empty()) values.add(""); // there, with nothing in any part
    const bool any =
        std::any_of(addresses.begin(), addresses.end(), [](const auto& one) { return one.valid; });
    // What is no address at all can still be compared as a whole.
    if (!any && !addresses.empty() && whole) values.add(std::string(base::trim(mail::unfold(value))));
    for (const auto& entry : addresses) {
      if (!entry.valid) continue;
      if (auto part = part_.extract(execution, entry.address)) values.add(std::move(*part));
    }
  }

  FieldQuery query_;
  Match match_;
  const AddressPart& part_;
  TextList keys_;
};

std::unique_ptr<Test> compile_address(Compiler& compiler, Arguments& arguments) {
  for (const Text& name : arguments.strings(0)) {
    if (!name.constant() || is_address_field(name.literal())) continue;
    compiler.error(name.position,
                   "`" + base::printable(name.literal()) + "' is no header field with addresses");
    return nullptr;
  }
  auto match = bind_match(compiler, arguments, arguments.strings(1));
  return std::make_unique<AddressTest>(bind_fields(compiler, arguments, 0), std::move(match),
                                       chosen_part(arguments), arguments.take_strings(1));
}

constexpr Type two_lists[] = {Type::strings, Type::strings};
constexpr TestSpec tests[] = {
    {.name = "address", .positionals = two_lists, .groups = address_groups, .compile = compile_address}};

} // namespace

extern const Extension core_address;
constinit const Extension core_address = {.name = "", .rfc = "5228", .tests = tests};

} // namespace sieve
