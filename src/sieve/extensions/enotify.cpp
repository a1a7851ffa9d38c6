// SPDX-License-Identifier: MIT
// enotify (RFC 5435) with the method mailto (RFC 5436): complete. The tests valid_notify_method and
// notify_method_capability, :encodeurl for set. No other method is known: using one is an error when the
// script runs, as section 3.2 demands. Nothing is sent for an automatic message, nobody is notified twice.
#include "base/ascii.h"
#include "sieve/compiler.h"
#include "sieve/execution.h"
#include "sieve/mail_draft.h"
#include "sieve/mailto.h"
#include "sieve/match.h"
#include "sieve/notification.h"
#include "sieve/sender_policy.h"

#include <algorithm>

namespace sieve {

namespace {

constexpr SettingSpec settings[] = {notification_sender};

/// Empty if `method` can be used; else what is wrong.
std::string fault_of(std::string_view method) {
  const std::string scheme = uri_scheme(method);
  if (scheme.empty()) return "`" + base::printable(method) + "' is no URI";
  if (scheme != "mailto") return "method `" + scheme + "' is not supported";
  std::string why;
  if (parse_mailto(method, why)) return {};
  return "`" + base::printable(method) + "' is not valid: " + why;
}

bool is_valid_method(std::string_view method) { return fault_of(method).empty(); }

class NotifyCommand final : public Command {
public:
  std::optional<Text> from;
  std::optional<Text> importance;
  std::optional<Text> message;
  std::optional<TextList> options;
  Text method;
  std::vector<TagUse> tags;

  Flow run(Execution& execution) const override {
    if (execution.limits().notifications == 0) throw ScriptError(position, "notify is not allowed here");
    const std::string uri = method.value(execution);
    const std::string fault = fault_of(uri);
    if (!fault.empty()) throw ScriptError(method.position, "notify: " + fault);
    if (options && !options->empty()) execution.warn(position, "notify: method mailto has no options");
    if (is_auto_submitted(execution.message())) {
      execution.report(Severity::info, position, "notify: nothing is sent for an automatic message");
      return Flow::next;
    }
    std::string why;
    send(execution, uri, *parse_mailto(uri, why));
    return Flow::next;
  }

private:
  void send(Execution& execution, const std::string& uri, Mailto mailto) const {
    std::vector<mail::Address> recipients;
    drop_told(execution, mailto.to, recipients);
    drop_told(execution, mailto.cc, recipients);
    if (recipients.empty()) {
      execution.report(Severity::info, position, "notify: nobody is left to be notified");
      return;
    }
    const auto author = author_of(execution);
    Notify notify;
    notify.method = uri;
    notify.mail.recipients = std::move(recipients);
    notify.mail.reverse_path = notification_reverse_path(execution, author.address);
    notify.mail.octets = compose(execution, mailto, author);
    execution.act(std::move(notify), *this, tags);
  }

  mail::HeaderAddress author_of(Execution& execution) const {
    if (from) {
      const std::string text = from->value(execution);
      auto list = mailbox_list(text);
      if (list && list->size() == 1) return std::move(list->front());
      execution.warn(from->position,
                     "notify: `" + base::printable(text) + "' is no address: :from is ignored");
    }
    return {"", postmaster_address(execution.host()), true, ""};
  }

  std::string compose(Execution& execution, const Mailto& mailto, const mail::HeaderAddress& author) const {
    MailDraft draft(execution);
    draft.field("Auto-Submitted", auto_notified(execution));
    draft.address_field("From", {author});
    draft.address_field("To", mailto.to);
    draft.address_field("Cc", mailto.cc);
    const std::string text = message ? message->value(execution) : std::string();
    draft.text_field("Subject", subject_line(message          ? text
                                             : mailto.subject ? *mailto.subject
                                                              : decoded_field(execution, "Subject")));
    add_importance(execution, draft);
    for (const auto& id : message_ids(decoded_field(execution, "Message-ID"))) draft.field("References", id);
    for (const auto& [field, value] : mailto.fields) {
      std::string capital = field;
      capital.front() = base::to_upper(capital.front());
      draft.text_field(capital, value);
    }
    // The whole :message is sent (RFC 5435 section 3.6), also where a subject has no room for it.
    return std::move(draft).with_text(mailto.body ? *mailto.body : text);
  }

  void add_importance(Execution& execution, MailDraft& draft) const {
    if (!importance) return;
    const std::string digit = importance->value(execution);
    if (is_importance(digit)) return add_importance_fields(draft, digit);
    execution.warn(importance->position, "notify: :importance wants \"1\", \"2\" or \"3\"");
  }
};

/// Judges a method that is known; others when the script runs (RFC 5435 section 3.1).
bool good_method(Compiler& compiler, const Text& method) {
  if (!method.constant()) return true;
  const std::string fault = fault_of(method.literal());
  if (!fault.empty()) {
    compiler.error(method.position, "notify: " + fault);
    return false;
  }
  std::string why;
  const auto mailto = parse_mailto(method.literal(), why);
  for (const auto& name : mailto->ignored) {
    compiler.warning(method.position, "notify: a mailto URI may not set `" + name + "': it is ignored");
  }
  if (mailto->to.empty() && mailto->cc.empty())
    compiler.warning(method.position, "notify: there is no recipient");
  return true;
}

std::unique_ptr<Command> compile_notify(Compiler& compiler, Arguments& arguments) {
  if (compiler.limits().notifications == 0) {
    compiler.error(arguments.position(), "notify is not allowed here");
    return nullptr;
  }
  if (!good_method(compiler, arguments.string(0))) return nullptr;
  auto node = std::make_unique<NotifyCommand>();
  node->from = arguments.tag_text("from");
  node->importance = arguments.tag_text("importance");
  node->message = arguments.tag_text("message");
  if (const TagUse* tag = arguments.tag("options")) node->options = tag->strings;
  node->method = arguments.string(0);
  node->tags = arguments.tags();
  return node;
}

class ValidMethodTest final : public Test {
public:
  explicit ValidMethodTest(TextList methods) : methods_(std::move(methods)) {}
  bool test(Execution& execution) const override {
    const auto methods = values_of(methods_, execution);
    return std::all_of(methods.begin(), methods.end(), is_valid_method);
  }

private:
  TextList methods_;
};

std::unique_ptr<Test> compile_valid(Compiler&, Arguments& arguments) {
  return std::make_unique<ValidMethodTest>(arguments.strings(0));
}

class CapabilityTest final : public Test {
public:
  CapabilityTest(Text method, Text capability, Match match, TextList keys)
      : method_(std::move(method)), capability_(std::move(capability)), match_(std::move(match)),
        keys_(std::move(keys)) {}

  bool test(Execution& execution) const override {
    const auto answer = answer_for(capability_.value(execution));
    if (answer.empty() || !is_valid_method(method_.value(execution))) return false;
    ValueList values;
    values.add_view(answer);
    return run_match(execution, match_, values, keys_);
  }

private:
  /// What mailto can do; empty: no such capability.
  static std::string_view answer_for(const std::string& capability) {
    if (base::equal_ignoring_case(capability, "online")) return "maybe"; // now or later (RFC 5436 section 2)
    return base::equal_ignoring_case(capability, "fcc") ? "yes" : "";    // RFC 8580 section 6.1
  }

  Text method_;
  Text capability_;
  Match match_;
  TextList keys_;
};

std::unique_ptr<Test> compile_capability(Compiler& compiler, Arguments& arguments) {
  auto match = bind_match(compiler, arguments, arguments.strings(2));
  return std::make_unique<CapabilityTest>(arguments.string(0), arguments.string(1), std::move(match),
                                          arguments.strings(2));
}

/// RFC 3986 section 2.3; cut where no escape is split.
std::string encode_url(const std::string& value, std::size_t limit) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string result;
  for (const char c : value) {
    const bool plain = base::is_alnum(c) || std::string_view("-._~").find(c) != std::string_view::npos;
    if (result.size() + (plain ? 1 : 3) > limit) break;
    const auto octet = static_cast<unsigned char>(c);
    if (plain) {
      result += c;
    } else {
      result.append({'%', digits[octet >> 4], digits[octet & 15]});
    }
  }
  return result;
}

void check_from(Compiler& compiler, const TagUse& tag) {
  const Text& text = tag.string();
  if (!text.constant()) return;
  const auto list = mailbox_list(text.literal());
  if (list && list->size() == 1) return;
  compiler.error(text.position, "notify: `" + base::printable(text.literal()) + "' is no address");
}

void check_importance(Compiler& compiler, const TagUse& tag) {
  const Text& text = tag.string();
  if (!text.constant() || is_importance(text.literal())) return;
  compiler.error(text.position, "notify: :importance wants \"1\", \"2\" or \"3\"");
}

/// "name=value" (section 3.5).
void check_options(Compiler& compiler, const TagUse& tag) {
  for (const Text& option : tag.strings) {
    if (!option.constant()) continue;
    const std::string_view text = option.literal();
    const auto name = text.substr(0, text.find('='));
    const bool good = name.size() < text.size() && !name.empty() && base::is_alnum(name.front()) &&
                      std::all_of(name.begin(), name.end(), [](char c) {
                        return base::is_alnum(c) || c == '.' || c == '-' || c == '_';
                      });
    if (!good) compiler.error(option.position, "notify: an option is written \"name=value\"");
  }
}

constexpr Type one_string[] = {Type::string};
constexpr Type one_list[] = {Type::strings};
constexpr Type capability_types[] = {Type::string, Type::string, Type::strings};
constexpr TagSpec notify_tags[] = {
    {.name = "from", .parameter = Type::string, .check = check_from},
    {.name = "importance", .parameter = Type::string, .check = check_importance},
    {.name = "options", .parameter = Type::strings, .check = check_options},
    {.name = "message", .parameter = Type::string}};
constexpr CommandSpec commands[] = {
    {.name = "notify", .positionals = one_string, .tags = notify_tags, .compile = compile_notify}};
constexpr TestSpec tests[] = {
    {.name = "valid_notify_method", .positionals = one_list, .compile = compile_valid},
    {.name = "notify_method_capability",
     .positionals = capability_types,
     .groups = matching_groups,
     .compile = compile_capability}};
constexpr TagSpec tags[] = {{.name = "encodeurl", .precedence = 15, .modify = encode_url}};

} // namespace

extern const Extension enotify_extension;
constinit const Extension enotify_extension = {.name = "enotify",
                                               .rfc = "5435",
                                               .commands = commands,
                                               .tests = tests,
                                               .tags = tags,
                                               .settings = settings};

} // namespace sieve
