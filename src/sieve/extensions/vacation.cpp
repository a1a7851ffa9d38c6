// SPDX-License-Identifier: MIT
// vacation (RFC 5230, RFC 3834): complete. What may not be answered leaves an action without recipient, which
// conflicts as any vacation does (section 4.7) but sends nothing; the log says why. Whether the sender was
// answered before is judged at delivery, by the action's handle. :mime takes the content fields of the
// reason's header, no others. A :from that is known only at run time and is no address is ignored.
#include "base/ascii.h"
#include "sieve/compiler.h"
#include "sieve/execution.h"
#include "sieve/mail_draft.h"
#include "sieve/reply_rules.h"
#include "sieve/sender_policy.h"
#include "sieve/setting_value.h"

#include <algorithm>

namespace sieve {

namespace {

constexpr std::int64_t day = 86400;
constexpr std::size_t longest_thread = 50; // message-ids in References

constexpr SettingSpec settings[] = {
    {"sieve_vacation_min_period", "1d",
     "the shortest time between two replies to one sender; 0 lets :seconds 0 be"},
    {"sieve_vacation_max_period", "60d", "the longest time; 0 for no limit"},
    {"sieve_vacation_default_period", "7d", "the time without :days and :seconds"},
    {"sieve_vacation_default_subject", "Automated reply", "the reply's subject if the message has none"},
    {"sieve_vacation_default_subject_template", "Auto: %{subject}",
     "the reply's subject without :subject, made of the message's"},
    {"sieve_vacation_use_original_recipient", "no",
     "the original recipient (ORCPT) is an address of the user too"},
    {"sieve_vacation_check_recipient", "yes", "reply only where an address of the user is in To, Cc or Bcc"},
    {"sieve_vacation_send_from_recipient", "no", "envelope sender is the recipient, not the null one"},
    {"sieve_vacation_to_header_ignore_envelope", "no",
     "the reply's To comes from Sender, Resent-From or From, not from the envelope sender"},
};
enum Setting {
  min_period,
  max_period,
  default_period,
  default_subject,
  subject_template,
  use_original_recipient,
  check_recipient,
  send_from_recipient,
  ignore_envelope
};

class VacationCommand final : public Command {
public:
  std::optional<std::uint64_t> seconds; // :days or :seconds
  std::optional<Text> subject;
  std::optional<Text> from;
  std::optional<TextList> addresses;
  bool mime = false;
  std::optional<Text> handle;
  std::string default_handle;
  Text reason;
  std::vector<TagUse> tags;

  Flow run(Execution& execution) const override {
    const auto own = own_addresses(execution);
    std::string why_not = reason_not_to_reply(execution, own);
    auto myself = addressed_as(execution, own);
    if (why_not.empty() && !myself && setting_flag(execution.host(), settings[check_recipient])) {
      why_not = "no address of the user is among its addressees";
    }
    if (!why_not.empty()) {
      execution.report(Severity::info, position, "vacation: the message is not answered: " + why_not);
      execution.act(Vacation(), *this);
      return Flow::next;
    }
    if (!myself) myself = execution.state().envelope.recipient.address;
    execution.act(answer(execution, *myself), *this, tags);
    return Flow::next;
  }

private:
  std::vector<mail::Address> own_addresses(Execution& execution) const {
    const Host& host = execution.host();
    const mail::Recipient& recipient = execution.state().envelope.recipient;
    std::vector<mail::Address> own = {recipient.address};
    const auto add = [&](const std::string& text) {
      for (auto& entry : mail::parse_address_list(text, 100)) {
        if (entry.valid && !entry.address.empty()) own.push_back(std::move(entry.address));
      }
    };
    if (setting_flag(host, settings[use_original_recipient])) add(recipient.orcpt);
    for (const auto& address : host.own_addresses()) add(address);
    if (addresses) {
      for (const auto& address : values_of(*addresses, execution)) add(address);
    }
    return own;
  }

  Vacation answer(Execution& execution, const mail::Address& myself) const {
    const MessageEnvelope& envelope = execution.state().envelope;
    const mail::Address& sender = envelope.transaction.reverse_path;
    Vacation vacation;
    vacation.handle = handle ? "handle:" + handle->value(execution) : default_handle;
    vacation.sender = base::lower(sender.str());
    vacation.seconds = period(execution.host());
    vacation.mail.recipients = {sender};
    if (setting_flag(execution.host(), settings[send_from_recipient])) {
      vacation.mail.reverse_path = envelope.recipient.address;
    }
    vacation.mail.octets = compose(execution, myself);
    return vacation;
  }

  std::int64_t period(const Host& host) const {
    const std::int64_t least = setting_period(host, settings[min_period]);
    const std::int64_t most = setting_period(host, settings[max_period]);
    constexpr std::uint64_t ages = std::uint64_t{1} << 40;
    const std::int64_t wanted = seconds ? static_cast<std::int64_t>(std::min(*seconds, ages))
                                        : setting_period(host, settings[default_period]);
    return std::max(least, most > 0 ? std::min(wanted, most) : wanted);
  }

  std::string compose(Execution& execution, const mail::Address& myself) const {
    MailDraft draft(execution);
    draft.address_field("From", author(execution, myself));
    draft.address_field("To", addressee(execution));
    draft.text_field("Subject", subject_line(subject ? subject->value(execution) : usual_subject(execution)));
    add_thread(execution, draft);
    draft.field("Auto-Submitted", "auto-replied (vacation)");
    draft.field("Precedence", "bulk");
    draft.field("X-Auto-Response-Suppress", "All");
    const std::string text = reason.value(execution);
    if (!mime) return std::move(draft).with_text(text);
    if (has_eight_bit_header(text)) {
      throw ScriptError(reason.position, "vacation: the header of the MIME entity must be ASCII");
    }
    return std::move(draft).with_entity(text);
  }

  std::vector<mail::HeaderAddress> author(Execution& execution, const mail::Address& myself) const {
    if (from) {
      const std::string text = from->value(execution);
      if (auto list = mailbox_list(text)) return std::move(*list);
      execution.warn(from->position,
                     "vacation: `" + base::printable(text) + "' is no address: :from is ignored");
    }
    return {{"", myself, true, ""}};
  }

  /// The envelope sender, by the name that the message gives it (section 5.5).
  static std::vector<mail::HeaderAddress> addressee(Execution& execution) {
    const mail::Address& sender = execution.state().envelope.transaction.reverse_path;
    const bool any = setting_flag(execution.host(), settings[ignore_envelope]);
    for (const std::string_view name : {"Sender", "Resent-From", "From"}) {
      const mail::Field* field = mail::find_field(execution.message().fields(), name);
      if (field == nullptr) continue;
      for (auto& entry : mail::parse_address_list(field->value, 100)) {
        if (entry.valid && !entry.address.empty() && (any || same_address(entry.address, sender))) {
          return {std::move(entry)};
        }
      }
    }
    return {{"", sender, true, ""}};
  }

  static std::string usual_subject(Execution& execution) {
    const std::string original = decoded_field(execution, "Subject");
    if (original.empty()) return setting_value(execution.host(), settings[default_subject]);
    std::string text = setting_value(execution.host(), settings[subject_template]);
    constexpr std::string_view place = "%{subject}";
    const auto at = text.find(place);
    return at == std::string::npos ? text : text.replace(at, place.size(), original);
  }

  /// In-Reply-To and References (section 5.8, RFC 5322 section 3.6.4).
  static void add_thread(Execution& execution, MailDraft& draft) {
    const auto ids_of = [&](std::string_view name) {
      const mail::Field* field = mail::find_field(execution.message().fields(), name);
      return field == nullptr ? std::vector<std::string>() : message_ids(field->value);
    };
    const auto id = ids_of("Message-ID");
    if (id.empty()) return;
    auto thread = ids_of("References");
    if (thread.empty()) {
      thread = ids_of("In-Reply-To");
      if (thread.size() != 1) thread.clear();
    }
    thread.push_back(id.front());
    // The first shows where the thread began, the last where it is.
    if (thread.size() > longest_thread) {
      thread.erase(thread.begin() + 1, thread.end() - static_cast<std::ptrdiff_t>(longest_thread) + 1);
    }
    std::string references;
    for (const auto& one : thread) references += (references.empty() ? "" : " ") + one;
    draft.field("In-Reply-To", id.front());
    draft.field("References", references);
  }
};

/// The arguments that make the reply, as they stand in the script: variables are not looked at (section 4.2).
std::string handle_of(const Construct& construct) {
  std::string handle = "reply";
  const auto add = [&](std::string_view name, std::string_view text) {
    handle.append(";").append(name).append(":").append(std::to_string(text.size())).append(":").append(text);
  };
  const auto& given = construct.arguments;
  for (const std::string_view name : {"subject", "from", "mime"}) {
    const auto tag = std::find_if(given.begin(), given.end(), [&](const Argument& argument) {
      return argument.kind == Argument::Kind::tag && base::equal_ignoring_case(argument.tag, name);
    });
    if (tag != given.end()) add(name, name == "mime" ? "" : (tag + 1)->strings.front().text);
  }
  add("reason", construct.arguments.back().strings.front().text);
  return handle;
}

std::optional<std::uint64_t> period_tag(const Arguments& arguments) {
  if (const TagUse* tag = arguments.tag("seconds")) return tag->number;
  const TagUse* tag = arguments.tag("days");
  if (tag == nullptr) return std::nullopt;
  // Zero is no number of days (RFC 6131 section 2): the shortest period will do.
  return std::clamp<std::uint64_t>(tag->number, 1, std::uint64_t{1} << 24) * day;
}

std::unique_ptr<Command> compile_vacation(Compiler& compiler, Arguments& arguments) {
  if (!exclusive(compiler, arguments, "days", "seconds")) return nullptr;
  auto node = std::make_unique<VacationCommand>();
  node->seconds = period_tag(arguments);
  node->subject = arguments.tag_text("subject");
  node->from = arguments.tag_text("from");
  node->handle = arguments.tag_text("handle");
  if (const TagUse* tag = arguments.tag("addresses")) node->addresses = tag->strings;
  node->mime = arguments.tag("mime") != nullptr;
  node->default_handle = handle_of(arguments.construct());
  node->reason = arguments.string(0);
  node->tags = arguments.tags();
  if (node->mime && node->reason.constant() && has_eight_bit_header(node->reason.literal())) {
    compiler.error(node->reason.position, "vacation: the header of the MIME entity must be ASCII");
    return nullptr;
  }
  return node;
}

void check_from(Compiler& compiler, const TagUse& tag) {
  const Text& text = tag.string();
  if (!text.constant() || mailbox_list(text.literal())) return;
  compiler.error(text.position, "vacation: `" + base::printable(text.literal()) + "' is no address");
}

constexpr Type one_string[] = {Type::string};
constexpr TagSpec vacation_tags[] = {{.name = "days", .parameter = Type::number},
                                     {.name = "subject", .parameter = Type::string},
                                     {.name = "from", .parameter = Type::string, .check = check_from},
                                     {.name = "addresses", .parameter = Type::strings},
                                     {.name = "mime"},
                                     {.name = "handle", .parameter = Type::string}};
constexpr CommandSpec commands[] = {
    {.name = "vacation", .positionals = one_string, .tags = vacation_tags, .compile = compile_vacation}};

} // namespace

extern const Extension vacation_extension;
constinit const Extension vacation_extension = {
    .name = "vacation", .rfc = "5230", .commands = commands, .settings = settings};

} // namespace sieve
