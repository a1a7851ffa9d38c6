// SPDX-License-Identifier: MIT
#include "tools/envelope.h"

#include "mail/header.h"

#include <cstdlib>
#include <initializer_list>

namespace tools {

namespace {

mail::Address given_address(const std::string& option, const std::string& text, bool null_allowed) {
  if (null_allowed && (text.empty() || text == "<>")) return {};
  if (const auto address = mail::parse_mailbox(text)) return *address;
  throw base::UsageError(option + ": `" + text + "' is no address");
}

/// The first address that stands in one of the fields; the null address if there is none.
mail::Address first_address(const std::vector<mail::Field>& fields,
                            std::initializer_list<std::string_view> names) {
  for (const auto name : names) {
    const mail::Field* field = mail::find_field(fields, name);
    if (field == nullptr) continue;
    const auto addresses = mail::parse_address_list(field->value, 1);
    if (!addresses.empty() && addresses.front().valid) return addresses.front().address;
  }
  return {};
}

} // namespace

std::string user_of(const base::CommandLine& line) {
  const char* login = std::getenv("USER");
  return line.value("user").value_or(login != nullptr ? login : "");
}

sieve::MessageEnvelope envelope_of(const base::CommandLine& line, std::string_view octets) {
  const auto fields = mail::parse_fields(mail::split_sections(octets).header);
  sieve::MessageEnvelope envelope;
  const auto from = line.value("from");
  const auto to = line.value("to");
  const auto original = line.value("orig-to");
  envelope.transaction.reverse_path =
      from ? given_address("--from", *from, true) : first_address(fields, {"Return-Path", "Sender", "From"});
  envelope.recipient.address =
      to ? given_address("--to", *to, false) : first_address(fields, {"Delivered-To", "Envelope-To", "To"});
  const auto known =
      original ? given_address("--orig-to", *original, false) : first_address(fields, {"X-Original-To"});
  if (!known.empty()) {
    envelope.recipient.orcpt_type = "rfc822";
    envelope.recipient.orcpt = known.str();
  }
  envelope.user = user_of(line);
  return envelope;
}

} // namespace tools
