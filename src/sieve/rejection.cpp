// SPDX-License-Identifier: MIT
#include "sieve/rejection.h"

#include "base/ascii.h"
#include "mail/compose.h"
#include "mail/date.h"
#include "sieve/sender_policy.h"

namespace sieve {

namespace {

std::string without_carriage_returns(std::string_view text) {
  std::string result(text);
  std::erase(result, '\r');
  return result;
}

/// What a program reads (RFC 8098 section 3.1).
std::string disposition(const MessageEnvelope& envelope, const Host& host,
                        const mail::EditedMessage& message) {
  const std::string recipient = envelope.recipient.address.str();
  const std::string original = envelope.recipient.orcpt.empty()
                                   ? "rfc822;" + recipient
                                   : envelope.recipient.orcpt_type + ";" + envelope.recipient.orcpt;
  std::string fields = "Reporting-UA: " + host.environment("host").value_or("localhost") + "; lastmile\n";
  fields += mail::fold_field("Original-Recipient", mail::encode_unstructured(original)) + "\n";
  fields += mail::fold_field("Final-Recipient", "rfc822;" + recipient) + "\n";
  if (const mail::Field* id = mail::find_field(message.fields(), "Message-ID")) {
    fields += mail::fold_field("Original-Message-ID", base::trim(mail::unfold(id->value))) + "\n";
  }
  return fields + "Disposition: automatic-action/MDN-sent-automatically; deleted\n";
}

std::string original_header(const mail::EditedMessage& message) {
  std::string header;
  for (const auto& field : message.fields()) header += without_carriage_returns(field.raw);
  return header;
}

std::string part(const std::string& boundary, std::string_view type, const std::string& content) {
  return "--" + boundary + "\nContent-Type: " + std::string(type) + "\nContent-Transfer-Encoding: 8bit\n\n" +
         content + "\n";
}

} // namespace

OutgoingMail compose_rejection(const Reject& reject, const MessageEnvelope& envelope, const Host& host,
                               const mail::EditedMessage& message) {
  const mail::Address& sender = envelope.transaction.reverse_path;
  const std::string reason = "Your message to <" + envelope.recipient.address.str() +
                             "> was automatically rejected:\n\n" + without_carriage_returns(reject.reason) +
                             "\n";
  const std::string header = original_header(message);
  const std::string boundary = mail::make_boundary(reason + header);
  OutgoingMail mail;
  mail.recipients = {sender};
  const auto add = [&](std::string_view name, std::string_view value) {
    mail.octets += mail::fold_field(name, value) + "\n";
  };
  add("From", "Mail Delivery Subsystem <" + postmaster_address(host).str() + ">");
  add("To", "<" + sender.str() + ">");
  add("Subject", "Automatically rejected mail");
  add("Date", mail::format_local_date(host.now()));
  add("Message-ID", mail::make_message_id(host.environment("host").value_or("localhost")));
  add("Auto-Submitted", "auto-replied (rejected)");
  add("MIME-Version", "1.0");
  add("Content-Type",
      "multipart/report; report-type=disposition-notification; boundary=\"" + boundary + "\"");
  mail.octets += "\nThis is a message disposition notification.\n\n";
  mail.octets += part(boundary, "text/plain; charset=utf-8", reason);
  mail.octets += part(boundary, "message/disposition-notification", disposition(envelope, host, message));
  mail.octets += part(boundary, "message/rfc822-headers", header);
  mail.octets += "--" + boundary + "--\n";
  return mail;
}

} // namespace sieve
