// SPDX-License-Identifier: MIT
#include "sieve/mail_draft.h"

#include "base/ascii.h"
#include "base/utf8.h"
#include "mail/compose.h"
#include "mail/date.h"
#include "mail/header.h"
#include "sieve/execution.h"

#include <algorithm>

namespace sieve {

namespace {

constexpr std::size_t longest_line = 998;    // RFC 5322 section 2.1.1
constexpr std::size_t longest_subject = 256; // characters
constexpr std::string_view ellipsis = "\xe2\x80\xa6";

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool has_long_line(std::string_view text) {
  const auto lines = base::split(text, '\n');
  return std::any_of(lines.begin(), lines.end(),
                     [](std::string_view line) { return line.size() > longest_line; });
}

/// The name of this host in Message-IDs.
std::string id_host(Execution& execution) {
  if (auto host = execution.host().environment("host"); host && !host->empty()) return *host;
  const std::string& domain = execution.state().envelope.recipient.address.domain;
  return domain.empty() ? "localhost" : domain;
}

std::string mailbox(const mail::HeaderAddress& address) {
  const std::string name = mail::encode_phrase(address.display_name);
  return name.empty() ? address.address.str() : name + " <" + address.address.str() + '>';
}

bool describes_content(std::string_view name) { return base::starts_with_ignoring_case(name, "content-"); }

} // namespace

MailDraft::MailDraft(Execution& execution) {
  field("Message-ID", mail::make_message_id(id_host(execution)));
  field("Date", mail::format_local_date(execution.host().now()));
}

void MailDraft::text_field(std::string_view name, std::string_view value) {
  field(name, mail::encode_unstructured(value));
}

void MailDraft::field(std::string_view name, std::string_view value) {
  octets_ += mail::fold_field(name, value) + '\n';
}

void MailDraft::address_field(std::string_view name, const std::vector<mail::HeaderAddress>& addresses) {
  std::string value;
  for (const auto& address : addresses) value += (value.empty() ? "" : ", ") + mailbox(address);
  if (!value.empty()) field(name, value);
}

void MailDraft::address_field(std::string_view name, const mail::Address& address) {
  field(name, address.str());
}

std::string MailDraft::with_text(std::string_view text) && {
  field("MIME-Version", "1.0");
  return std::move(octets_) + text_part(text);
}

std::string MailDraft::with_entity(std::string_view entity) && {
  const std::string octets = lf_lines(entity);
  const mail::Sections sections = mail::split_sections(octets);
  const auto fields = mail::parse_fields(sections.header);
  const bool is_entity = std::any_of(fields.begin(), fields.end(),
                                     [](const mail::Field& one) { return describes_content(one.name); });
  if (!is_entity && !sections.separated) return std::move(*this).with_text(entity);
  field("MIME-Version", "1.0");
  bool encoded = false;
  for (const auto& one : fields) {
    if (!describes_content(one.name)) continue;
    octets_ += one.raw;
    encoded = encoded || base::equal_ignoring_case(one.name, "Content-Transfer-Encoding");
  }
  if (octets_.back() != '\n') octets_ += '\n';
  if (!encoded && !is_ascii(sections.body)) field("Content-Transfer-Encoding", "8bit");
  return std::move(*this).with_body(sections.body);
}

std::string MailDraft::with_body(std::string_view body) && {
  octets_ += '\n';
  octets_ += body;
  if (octets_.back() != '\n') octets_ += '\n';
  return std::move(octets_);
}

std::string lf_lines(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\0') continue;
    if (text[i] != '\r') {
      result += text[i];
    } else if (i + 1 == text.size() || text[i + 1] != '\n') {
      result += '\n';
    }
  }
  return result;
}

std::string plain_lines(std::string_view text) { return base::to_valid_utf8(lf_lines(text)); }

std::string text_part(std::string_view text) {
  std::string body = plain_lines(text);
  if (body.empty() || body.back() != '\n') body += '\n';
  std::string_view encoding = is_ascii(body) ? "7bit" : "8bit";
  if (has_long_line(body)) {
    body = mail::encode_quoted_printable(body);
    encoding = "quoted-printable";
  }
  return std::string("Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: ")
      .append(encoding)
      .append("\n\n")
      .append(body);
}

bool has_eight_bit_header(std::string_view entity) {
  const auto fields = mail::parse_fields(mail::split_sections(entity).header);
  return std::any_of(fields.begin(), fields.end(),
                     [](const mail::Field& field) { return !is_ascii(field.raw); });
}

std::vector<std::string> message_ids(std::string_view value) {
  std::vector<std::string> ids;
  for (auto start = value.find('<'); start != std::string_view::npos; start = value.find('<', start + 1)) {
    const auto end = value.find('>', start);
    if (end == std::string_view::npos) break;
    const auto id = value.substr(start, end - start + 1);
    const bool good = id.size() > 2 && id.size() < longest_line &&
                      std::all_of(id.begin(), id.end(), [](char c) { return c > ' ' && c < 0x7f; });
    if (good) ids.emplace_back(id);
  }
  return ids;
}

std::string subject_line(std::string_view text) {
  std::string line = base::to_valid_utf8(lf_lines(base::trim(text)));
  std::replace(line.begin(), line.end(), '\n', ' ');
  if (base::count_code_points(line) <= longest_subject) return line;
  return std::string(base::first_code_points(line, longest_subject - 1)).append(ellipsis);
}

std::string decoded_field(Execution& execution, std::string_view name) {
  const mail::Field* field = mail::find_field(execution.message().fields(), name);
  return field == nullptr ? std::string() : mail::decode_header(field->value);
}

bool is_auto_submitted(const mail::EditedMessage& message) {
  const auto& fields = message.fields();
  return std::any_of(fields.begin(), fields.end(), [](const mail::Field& field) {
    if (!base::equal_ignoring_case(field.name, "Auto-Submitted")) return false;
    const std::string value = mail::unfold(field.value);
    const auto keyword = base::trim(std::string_view(value).substr(0, value.find_first_of(";(")));
    return !base::equal_ignoring_case(keyword, "no");
  });
}

std::optional<std::vector<mail::HeaderAddress>> mailbox_list(std::string_view text) {
  auto addresses = mail::parse_address_list(text, 100);
  const bool good = std::all_of(addresses.begin(), addresses.end(), [](const mail::HeaderAddress& one) {
    return one.valid && !one.address.local_part.empty() && !one.address.domain.empty() &&
           is_ascii(one.address.local_part);
  });
  if (addresses.empty() || !good) return std::nullopt;
  return addresses;
}

bool same_address(const mail::Address& a, const mail::Address& b) {
  return base::equal_ignoring_case(a.local_part, b.local_part) &&
         base::equal_ignoring_case(a.domain, b.domain);
}

} // namespace sieve
