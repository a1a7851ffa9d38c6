// SPDX-License-Identifier: MIT
#include "delivery/trace.h"

#include "base/ascii.h"

#include <algorithm>
#include <span>

namespace delivery {

namespace {

constexpr std::size_t most_received = 100; // RFC 5321 section 6.3

/// A word of the client's for a comment or a domain: nothing that could end either.
std::string harmless(std::string_view text) {
  std::string result;
  for (const char c : text.substr(0, 255)) {
    const bool ascii = static_cast<unsigned char>(c) < 0x80;
    if (ascii && (base::is_alnum(c) || std::string_view(".-_:[]").find(c) != std::string_view::npos))
      result += c;
  }
  return result;
}

std::string client_clause(const mail::Client& client) {
  const std::string helo = harmless(client.helo.empty() ? client.lhlo : client.helo);
  std::string clause = "from " + (helo.empty() ? "unknown" : helo);
  const std::string name = harmless(client.name);
  const std::string address = harmless(client.address);
  if (!name.empty() || !address.empty()) {
    clause += " (" + name + (name.empty() ? "" : " ");
    clause += address.empty() ? ")" : "[" + address + "])";
  }
  return clause;
}

std::string one_line(std::string text) {
  for (char& c : text)
    if (base::is_control(c)) c = '?';
  return text;
}

bool is_received(const mail::Field& field) { return base::equal_ignoring_case(field.name, "Received"); }

bool any_field(std::span<const mail::Field> fields, std::string_view name, const std::string& address) {
  return std::any_of(fields.begin(), fields.end(), [&](const mail::Field& field) {
    return base::equal_ignoring_case(field.name, name) &&
           base::equal_ignoring_case(base::trim(mail::unfold(field.value)), address);
  });
}

/// The fields of earlier hops. What stands above the first Received is of the one that hands the message in:
/// Postfix for mailbox_command and OpenSMTPD write Delivered-To there.
std::span<const mail::Field> earlier_fields(const mail::EditedMessage& message) {
  const auto& fields = message.fields();
  const auto first = std::find_if(fields.begin(), fields.end(), is_received);
  return {first == fields.end() ? fields.begin() : first, fields.end()};
}

} // namespace

std::optional<std::string> original_recipient(const mail::Recipient& recipient) {
  const bool of_mail = base::equal_ignoring_case(recipient.orcpt_type, "rfc822") ||
                       base::equal_ignoring_case(recipient.orcpt_type, "utf-8");
  if (!of_mail || recipient.orcpt.empty() ||
      base::equal_ignoring_case(recipient.orcpt, recipient.address.str()))
    return std::nullopt;
  return one_line(recipient.orcpt);
}

std::string received_field(const Settings& settings, const mail::Envelope& envelope,
                           const mail::Recipient& recipient, const TraceFacts& facts) {
  return "Received: " + client_clause(envelope.client) + "\n\tby " + settings.hostname + " (lastmile) with " +
         (envelope.smtputf8 ? "UTF8LMTP" : "LMTP") + " id " + harmless(facts.id) + "\n\tfor <" +
         one_line(recipient.address.str()) + ">; " + facts.date + "\n";
}

std::string trace_fields(const Settings& settings, const mail::Envelope& envelope,
                         const mail::Recipient& recipient, const TraceFacts& facts) {
  std::string fields;
  const auto original = original_recipient(recipient);
  if (settings.return_path) {
    const auto& from = envelope.reverse_path;
    fields += "Return-Path: <" + (from.empty() ? std::string() : one_line(from.str())) + ">\n";
  }
  if (settings.original_to == OriginalTo::if_known && original)
    fields += "X-Original-To: " + *original + "\n";
  const std::string final_address = one_line(recipient.address.str());
  if (settings.delivered_to == DeliveredTo::final) fields += "Delivered-To: " + final_address + "\n";
  if (settings.delivered_to == DeliveredTo::original)
    fields += "Delivered-To: " + original.value_or(final_address) + "\n";
  if (settings.received) fields += received_field(settings, envelope, recipient, facts);
  return fields;
}

std::optional<mail::Reply> loop_found(const mail::EditedMessage& message, const mail::Recipient& recipient) {
  if (any_field(earlier_fields(message), "Delivered-To", recipient.address.str()))
    return mail::Reply{554, "5.4.6", "Mail loop: the message was delivered to this address before"};
  const auto received = std::count_if(message.fields().begin(), message.fields().end(), is_received);
  if (received > static_cast<std::ptrdiff_t>(most_received))
    return mail::Reply{554, "5.4.6", "Mail loop: more than 100 Received fields"};
  return std::nullopt;
}

bool was_redirected_by(const mail::EditedMessage& message, const mail::Recipient& recipient) {
  return any_field(message.fields(), redirected_field, recipient.address.str());
}

} // namespace delivery
