// SPDX-License-Identifier: MIT
// vnd.dovecot.report (spec-bosch-sieve-report, RFC 5965): complete. One report for each feedback type and
// recipient; none to the user's own addresses. The report holds the message as it came.
#include "base/ascii.h"
#include "config.h"
#include "mail/compose.h"
#include "mail/date.h"
#include "sieve/compiler.h"
#include "sieve/execution.h"
#include "sieve/mail_draft.h"
#include "sieve/sender_policy.h"
#include "sieve/setting_value.h"
#include "sieve/single_address.h"

#include <algorithm>
#include <set>

namespace sieve {

namespace {

constexpr SettingSpec settings[] = {
    {"sieve_report_from", "postmaster",
     "author of reports: sender, recipient, orig_recipient, user_email, postmaster, <address>"}};

/// RFC 2045 section 5.1.
bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return c > ' ' && c < 0x7f && std::string_view("()<>@,;:\\\"/[]?=").find(c) == std::string_view::npos;
  });
}

std::string no_type(std::string_view type) {
  return "report: `" + base::printable(type) + "' is no feedback type";
}
std::string no_address(std::string_view text) {
  return "report: `" + base::printable(text) + "' is no address";
}

/// The reports of the scripts on this message, by type and recipient in lower case.
struct ReportsMade {
  std::set<std::pair<std::string, std::string>> made;
};

bool is_own(Execution& execution, const mail::Address& address) {
  if (same_address(address, execution.state().envelope.recipient.address)) return true;
  const auto own = execution.host().own_addresses();
  return std::any_of(own.begin(), own.end(), [&](const std::string& text) {
    const auto one = mail::parse_mailbox(text);
    return one && same_address(*one, address);
  });
}

/// The part for programs (RFC 5965 section 3).
std::string feedback(Execution& execution, const std::string& type) {
  const auto& transaction = execution.state().envelope.transaction;
  std::string fields = "Content-Type: message/feedback-report\n\nVersion: 1\n";
  const auto add = [&](std::string_view name, const std::string& value) {
    fields += mail::fold_field(name, value) + '\n';
  };
  add("Feedback-Type", type);
  add("User-Agent", "lastmile/" LASTMILE_VERSION);
  add("Original-Mail-From", '<' + transaction.reverse_path.str() + '>');
  add("Arrival-Date", mail::format_local_date(execution.host().now()));
  if (!transaction.client.address.empty()) add("Source-IP", transaction.client.address);
  return fields;
}

std::string original(const mail::EditedMessage& message, bool headers_only) {
  const std::string whole = message.str();
  const std::string octets =
      lf_lines(std::string_view(whole).substr(0, whole.size() - (headers_only ? message.body().size() : 0)));
  const bool eight_bit =
      std::any_of(octets.begin(), octets.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  return std::string("Content-Type: ") + (headers_only ? "text/rfc822-headers" : "message/rfc822") +
         "\nContent-Disposition: attachment\n" + (eight_bit ? "Content-Transfer-Encoding: 8bit\n" : "") +
         '\n' + octets;
}

std::string multipart(const std::string& boundary, const std::vector<std::string>& parts) {
  std::string body = "This is a report in MIME format.\n";
  for (const auto& part : parts) {
    body += "\n--" + boundary + '\n' + part;
    if (body.back() != '\n') body += '\n';
  }
  return body + "\n--" + boundary + "--\n";
}

class ReportCommand final : public Command {
public:
  ReportCommand(const Arguments& arguments)
      : headers_only_(arguments.tag("headers_only") != nullptr), type_(arguments.string(0)),
        message_(arguments.string(1)), recipient_(arguments.string(2)) {}

  Flow run(Execution& execution) const override {
    const std::string type = type_.value(execution);
    if (!is_token(type)) throw ScriptError(type_.position, no_type(type));
    const std::string text = recipient_.value(execution);
    const auto recipient = single_address(text);
    if (!recipient) throw ScriptError(recipient_.position, no_address(text));
    const mail::Address& address = recipient->address;
    if (is_own(execution, address)) {
      execution.warn(recipient_.position, "report: nobody reports to himself: nothing is sent");
      return Flow::next;
    }
    auto& made = execution.state().slots.get<ReportsMade>().made;
    if (!made.emplace(base::lower(type), base::lower(address.str())).second) return Flow::next;
    const mail::Address author =
        policy_author(setting_value(execution.host(), settings[0]), execution.state().envelope,
                      execution.host(), postmaster_address(execution.host()));
    execution.act(Report{{author, {address}, compose(execution, type, author, address)}}, *this);
    return Flow::next;
  }

private:
  std::string compose(Execution& execution, const std::string& type, const mail::Address& author,
                      const mail::Address& recipient) const {
    const std::vector<std::string> parts = {text_part(message_.value(execution)), feedback(execution, type),
                                            original(*execution.state().original(), headers_only_)};
    const std::string boundary = mail::make_boundary(parts[0] + parts[1] + parts[2]);
    MailDraft draft(execution);
    draft.address_field("From", {{"Postmaster", author, true, ""}});
    draft.address_field("To", recipient);
    draft.text_field("Subject", subject_line("Report: " + decoded_field(execution, "Subject")));
    draft.field("Auto-Submitted", "auto-generated (report)");
    draft.field("MIME-Version", "1.0");
    draft.field("Content-Type",
                "multipart/report; report-type=feedback-report; boundary=\"" + boundary + '"');
    if (parts[2].find("\nContent-Transfer-Encoding: 8bit\n") != std::string::npos ||
        parts[0].find("\nContent-Transfer-Encoding: 8bit\n") != std::string::npos) {
      draft.field("Content-Transfer-Encoding", "8bit");
    }
    return std::move(draft).with_body(multipart(boundary, parts));
  }

  bool headers_only_;
  Text type_;
  Text message_;
  Text recipient_;
};

std::unique_ptr<Command> compile_report(Compiler& compiler, Arguments& arguments) {
  const Text& type = arguments.string(0);
  const Text& recipient = arguments.string(2);
  if (type.constant() && !is_token(type.literal())) {
    compiler.error(type.position, no_type(type.literal()));
    return nullptr;
  }
  if (recipient.constant() && !single_address(recipient.literal())) {
    compiler.error(recipient.position, no_address(recipient.literal()));
    return nullptr;
  }
  return std::make_unique<ReportCommand>(arguments);
}

constexpr Type three_strings[] = {Type::string, Type::string, Type::string};
constexpr TagSpec report_tags[] = {{.name = "headers_only"}};
constexpr CommandSpec commands[] = {
    {.name = "report", .positionals = three_strings, .tags = report_tags, .compile = compile_report}};

} // namespace

extern const Extension vnd_dovecot_report_extension;
constinit const Extension vnd_dovecot_report_extension = {.name = "vnd.dovecot.report",
                                                          .rfc = "spec-bosch-sieve-report",
                                                          .commands = commands,
                                                          .settings = settings};

} // namespace sieve
