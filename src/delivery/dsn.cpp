// SPDX-License-Identifier: MIT
#include "delivery/dsn.h"

#include "base/ascii.h"
#include "mail/compose.h"
#include "mail/header.h"

namespace delivery {

namespace {

std::string one_line(std::string text) {
  for (char& c : text)
    if (base::is_control(c)) c = '?';
  return text;
}

/// RFC 6533 section 4 for addresses outside ASCII.
std::string typed_address(const std::string& address) {
  for (const char c : address)
    if (static_cast<unsigned char>(c) >= 0x80) return "utf-8; " + one_line(address);
  return "rfc822; " + one_line(address);
}

std::string human_part(const Job& job) {
  return "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
         "Your message was delivered to the mailbox of\n\n    " +
         one_line(job.recipient.address.str()) + "\n\nNo answer to this notice is needed.\n";
}

std::string status_part(const Job& job) {
  std::string part =
      "Content-Type: message/delivery-status\n\nReporting-MTA: dns; " + job.settings.hostname + "\n";
  if (!job.envelope.envid.empty()) part += "Original-Envelope-Id: " + one_line(job.envelope.envid) + "\n";
  part += "Arrival-Date: " + job.facts.date + "\n\n";
  if (!job.recipient.orcpt.empty())
    part += "Original-Recipient: " + one_line(job.recipient.orcpt_type) + "; " +
            one_line(job.recipient.orcpt) + "\n";
  return part + "Final-Recipient: " + typed_address(job.recipient.address.str()) +
         "\nAction: delivered\nStatus: 2.0.0\n";
}

} // namespace

bool wants_success_dsn(const Job& job) {
  return job.recipient.notify.success && !job.recipient.notify.never && !job.envelope.reverse_path.empty();
}

std::string success_dsn(const Job& job) {
  const auto header = mail::split_sections(job.spool.view()).header;
  const std::string boundary = mail::make_boundary(header);
  const std::string delimiter = "\n--" + boundary + "\n";
  std::string text = "From: Mail Delivery <" + job.settings.postmaster_address() + ">\n";
  text += "To: " + one_line(job.sender()) + "\n";
  text += "Subject: Successful Mail Delivery Report\n";
  text += "Date: " + job.facts.date + "\n";
  text += "Message-ID: " + mail::make_message_id(job.settings.hostname) + "\n";
  text += "Auto-Submitted: auto-replied\nMIME-Version: 1.0\n";
  text += "Content-Type: multipart/report; report-type=delivery-status;\n\tboundary=\"" + boundary + "\"\n";
  text += delimiter + human_part(job) + delimiter + status_part(job) + delimiter;
  text += "Content-Type: text/rfc822-headers\n\n";
  text += header;
  return text + "\n--" + boundary + "--\n";
}

} // namespace delivery
