// SPDX-License-Identifier: MIT
// notify (draft-martin-sieve-notify): complete for the method mailto, for scripts that are older than
// enotify. notify with :method, :options (the addresses), :id, :message and the tags of importance; denotify.
#include "base/ascii.h"
#include "base/utf8.h"
#include "sieve/compiler.h"
#include "sieve/execution.h"
#include "sieve/mail_draft.h"
#include "sieve/match.h"
#include "sieve/notification.h"
#include "sieve/parts.h"
#include "sieve/sender_policy.h"

#include <algorithm>

namespace sieve {

namespace {

constexpr std::string_view method = "mailto";
constexpr std::string_view default_message = "$from$: $subject$";
constexpr std::string_view subject = "[SIEVE] New mail notification";

struct Level {
  std::string_view tag, digit;
};
constexpr Level levels[] = {{"high", "1"}, {"normal", "2"}, {"low", "3"}};

/// Empty if the script names none.
std::string level_of(const Arguments& arguments) {
  for (const Level& level : levels) {
    if (arguments.tag(level.tag) != nullptr) return std::string(level.digit);
  }
  return {};
}

/// The first text of the message as people read it.
std::string first_text(const mail::EditedMessage& message) {
  std::string text;
  bool found = false;
  each_part(message.root(), [&](const mail::Part& part) {
    if (found || part.type != "text" || !part.has_body) return;
    found = true;
    text = part.plain_text();
  });
  return text;
}

/// What "$name$" stands for; nothing if it is no such name. The digits of "text[n]" are octets.
std::optional<std::string> substitution(Execution& execution, std::string_view name) {
  const auto is = [&](std::string_view other) { return base::equal_ignoring_case(name, other); };
  if (is("from")) return decoded_field(execution, "From");
  if (is("subject")) return decoded_field(execution, "Subject");
  if (is("env-from")) return execution.state().envelope.transaction.reverse_path.str();
  if (is("text")) return first_text(execution.message());
  if (!base::starts_with_ignoring_case(name, "text[") || name.back() != ']') return std::nullopt;
  const auto digits = name.substr(5, name.size() - 6);
  std::size_t octets = 0;
  for (const char c : digits) {
    if (!base::is_digit(c) || octets > 1'000'000) return std::nullopt;
    octets = octets * 10 + static_cast<std::size_t>(c - '0');
  }
  if (digits.empty()) return std::nullopt;
  const std::string text = first_text(execution.message());
  return std::string(base::truncate_utf8(text, octets));
}

std::string substitute(Execution& execution, std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const auto begin = text.find('$');
    const auto end = begin == text.npos ? text.npos : text.find('$', begin + 1);
    if (end == text.npos) break;
    result += text.substr(0, begin);
    const auto value = substitution(execution, text.substr(begin + 1, end - begin - 1));
    result += value ? *value : std::string(text.substr(begin, end - begin));
    text.remove_prefix(value ? end + 1 : end);
  }
  return result + std::string(text);
}

/// Nothing if it is not exactly one address that mail can be sent to.
std::optional<mail::HeaderAddress> one_address(std::string_view text) {
  auto list = mailbox_list(text);
  if (!list || list->size() != 1) return std::nullopt;
  return std::move(list->front());
}

std::string no_address(std::string_view text) {
  return "notify: `" + base::printable(text) + "' in :options is no address";
}

/// What denotify goes by. A mail is known by its octets, for each has a Message-ID of its own.
struct Sent {
  struct One {
    std::string octets, id, importance;
  };
  std::vector<One> list;
};

class OldNotifyCommand final : public Command {
public:
  TextList options;
  std::optional<Text> id;
  std::optional<Text> message;
  std::string importance;
  std::vector<TagUse> tags;

  Flow run(Execution& execution) const override {
    if (execution.limits().notifications == 0) throw ScriptError(position, "notify is not allowed here");
    auto to = addresses(execution);
    if (is_auto_submitted(execution.message())) {
      execution.report(Severity::info, position, "notify: nothing is sent for an automatic message");
      return Flow::next;
    }
    Notify notify;
    drop_told(execution, to, notify.mail.recipients);
    if (to.empty()) {
      execution.report(Severity::info, position, "notify: nobody is left to be notified");
      return Flow::next;
    }
    notify.method = method;
    notify.mail.reverse_path = notification_reverse_path(execution, postmaster_address(execution.host()));
    notify.mail.octets = compose(execution, to);
    execution.state().slots.get<Sent>().list.push_back(
        {notify.mail.octets, id ? id->value(execution) : std::string(), importance});
    execution.act(std::move(notify), *this, tags);
    return Flow::next;
  }

private:
  std::vector<mail::HeaderAddress> addresses(Execution& execution) const {
    std::vector<mail::HeaderAddress> result;
    for (const Text& option : options) {
      const std::string text = option.value(execution);
      auto address = one_address(text);
      if (!address) throw ScriptError(option.position, no_address(text));
      result.push_back(std::move(*address));
    }
    return result;
  }

  std::string compose(Execution& execution, const std::vector<mail::HeaderAddress>& to) const {
    MailDraft draft(execution);
    draft.field("Auto-Submitted", auto_notified(execution));
    draft.address_field("From", postmaster_address(execution.host()));
    draft.address_field("To", to);
    draft.text_field("Subject", subject);
    add_importance_fields(draft, importance);
    for (const auto& one : message_ids(decoded_field(execution, "Message-ID")))
      draft.field("References", one);
    return std::move(draft).with_text(
        substitute(execution, message ? message->value(execution) : std::string(default_message)));
  }
};

std::unique_ptr<Command> compile_notify(Compiler& compiler, Arguments& arguments) {
  if (compiler.limits().notifications == 0) {
    compiler.error(arguments.position(), "notify is not allowed here");
    return nullptr;
  }
  auto node = std::make_unique<OldNotifyCommand>();
  node->id = arguments.tag_text("id");
  node->message = arguments.tag_text("message");
  if (const TagUse* tag = arguments.tag("options")) {
    node->options = tag->strings;
  } else {
    compiler.warning(arguments.position(), "notify: without :options there is no recipient");
  }
  node->importance = level_of(arguments);
  if (node->importance.empty()) node->importance = "2";
  node->tags = arguments.tags();
  return node;
}

void check_method(Compiler& compiler, const TagUse& tag) {
  const Text& text = tag.string();
  if (text.constant() && base::equal_ignoring_case(text.literal(), method)) return;
  compiler.error(text.position, "notify: the only :method is \"mailto\"");
}

void check_options(Compiler& compiler, const TagUse& tag) {
  for (const Text& option : tag.strings) {
    if (!option.constant() || one_address(option.literal())) continue;
    compiler.error(option.position, no_address(option.literal()));
    return;
  }
}

/// Takes notifications back that are not sent yet.
class DenotifyCommand final : public Command {
public:
  std::optional<Match> match; // of the id; none: any
  std::string importance;     // empty: any

  Flow run(Execution& execution) const override {
    for (const Sent::One& one : execution.state().slots.get<Sent>().list) {
      if (is_wanted(execution, one)) take_back(execution.state().result, one.octets);
    }
    return Flow::next;
  }

private:
  bool is_wanted(Execution& execution, const Sent::One& one) const {
    if (!importance.empty() && one.importance != importance) return false;
    if (!match) return true;
    if (one.id.empty()) return false;
    ValueList values;
    values.add(one.id);
    return run_match(execution, *match, values, match->tag.strings);
  }

  static void take_back(Result& result, const std::string& octets) {
    std::erase_if(result.entries(), [&](const Result::Entry& entry) {
      const auto* notify = std::get_if<Notify>(&entry.action.what);
      return notify != nullptr && !entry.settled() && notify->mail.octets == octets;
    });
  }
};

std::unique_ptr<Command> compile_denotify(Compiler& compiler, Arguments& arguments) {
  auto node = std::make_unique<DenotifyCommand>();
  node->importance = level_of(arguments);
  const TagUse* tag = arguments.tag(TagGroup::match_type);
  if (tag == nullptr) return node;
  // Elsewhere a match type has no string of its own: the type is that of the tests.
  constexpr Signature tests = {.name = "", .positionals = {}, .groups = matching_groups, .tags = {}};
  node->match = Match{compiler.find_tag(tests, tag->spec->name)->match_type, &octet_comparator(), *tag,
                      compiler.active("variables"), nullptr};
  return node;
}

constexpr TagSpec notify_tags[] = {{.name = "method", .parameter = Type::string, .check = check_method},
                                   {.name = "options", .parameter = Type::strings, .check = check_options},
                                   {.name = "id", .parameter = Type::string},
                                   {.name = "message", .parameter = Type::string},
                                   {.name = "low", .excludes = "normal high"},
                                   {.name = "normal", .excludes = "high"},
                                   {.name = "high"}};
constexpr TagSpec denotify_tags[] = {
    {.name = "is", .parameter = Type::string, .group = TagGroup::match_type},
    {.name = "contains", .parameter = Type::string, .group = TagGroup::match_type},
    {.name = "matches", .parameter = Type::string, .group = TagGroup::match_type},
    {.name = "low", .excludes = "normal high"},
    {.name = "normal", .excludes = "high"},
    {.name = "high"}};
constexpr CommandSpec commands[] = {{.name = "notify", .tags = notify_tags, .compile = compile_notify},
                                    {.name = "denotify", .tags = denotify_tags, .compile = compile_denotify}};

} // namespace

extern const Extension notify_extension;
constinit const Extension notify_extension = {
    .name = "notify", .rfc = "draft-martin-sieve-notify-01", .commands = commands};

} // namespace sieve
