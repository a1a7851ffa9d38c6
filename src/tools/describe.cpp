// SPDX-License-Identifier: MIT
#include "tools/describe.h"

#include "base/ascii.h"
#include "base/utf8.h"
#include "sieve/flags.h"

#include <algorithm>
#include <map>
#include <vector>

namespace tools {

namespace {

std::string flagged(const sieve::Flags& flags) {
  return flags.empty() ? std::string() : ", flags " + sieve::join_flags(flags);
}

/// "7 days", "1 hour": in the largest unit that divides it.
std::string period(std::int64_t seconds) {
  static constexpr struct {
    std::int64_t length;
    std::string_view name;
  } units[] = {{86400, "day"}, {3600, "hour"}, {60, "minute"}, {1, "second"}};
  const auto* unit = std::find_if(std::begin(units), std::end(units),
                                  [&](const auto& u) { return seconds % u.length == 0; });
  const std::int64_t count = seconds / unit->length;
  return std::to_string(count) + ' ' + std::string(unit->name) + (count == 1 ? "" : "s");
}

std::string filed(const std::optional<sieve::Fcc>& fcc) {
  if (!fcc) return {};
  return ", a copy into " + quoted(fcc->mailbox) + (fcc->create ? ", creating it" : "") + flagged(fcc->flags);
}

std::string recipients(const sieve::OutgoingMail& mail) {
  std::string text;
  for (const auto& address : mail.recipients) text += (text.empty() ? "" : ", ") + address.str();
  return base::printable(text);
}

struct Describe {
  std::string operator()(const sieve::Keep& a) const { return describe_keep(a.flags); }
  std::string operator()(const sieve::FileInto& a) const {
    std::string text = "fileinto " + quoted(a.mailbox);
    return text + (a.create ? ", creating it" : "") + flagged(a.flags);
  }
  std::string operator()(const sieve::Redirect& a) const {
    return "redirect to " + base::printable(a.address.str());
  }
  std::string operator()(const sieve::Discard&) const { return "discard"; }
  std::string operator()(const sieve::Reject& a) const { return a.ereject ? "ereject" : "reject"; }
  std::string operator()(const sieve::Vacation& a) const {
    if (a.mail.recipients.empty()) return "vacation, which answers nobody";
    return "vacation reply to " + base::printable(a.sender) +
           (a.seconds > 0 ? ", once in " + period(a.seconds) : "") + filed(a.fcc);
  }
  std::string operator()(const sieve::Notify& a) const {
    return "notify " + base::printable(a.method) + filed(a.fcc);
  }
  std::string operator()(const sieve::Report& a) const { return "report to " + recipients(a.mail); }
  std::string operator()(const sieve::Pipe& a) const {
    std::string text = "pipe to the program " + quoted(a.program);
    for (const auto& argument : a.arguments) text += ' ' + quoted(argument);
    return text + (a.try_only ? ", going on if it fails" : "");
  }
  std::string operator()(const sieve::DuplicateMark& a) const {
    return "remember " + quoted(a.id) + " for " + period(a.seconds);
  }
};

/// Fields of `from` that `without` has not, or not as often.
std::vector<std::string_view> missing(const mail::EditedMessage& from, const mail::EditedMessage& without) {
  std::map<std::string_view, std::size_t> there;
  for (const auto& field : without.fields()) ++there[field.raw];
  std::vector<std::string_view> result;
  for (const auto& field : from.fields()) {
    std::size_t& left = there[field.raw];
    if (left == 0) {
      result.push_back(field.raw);
    } else {
      --left;
    }
  }
  return result;
}

/// Control characters as \xNN, but tabs as they are.
std::string printable_line(std::string_view line) {
  std::string text;
  const std::string valid = base::to_valid_utf8(line);
  const char* separator = "";
  for (const auto piece : base::split(valid, '\t')) {
    text += separator + base::printable(piece);
    separator = "\t";
  }
  return text;
}

} // namespace

std::string quoted(std::string_view text) { return '"' + base::printable(base::to_valid_utf8(text)) + '"'; }

std::string describe(const sieve::Action& action) {
  return std::visit(Describe(), action.what) + (action.copy ? ", as a copy" : "");
}

std::string describe_keep(const sieve::Flags& flags) { return "keep in the INBOX" + flagged(flags); }

sieve::Snapshot message_of(const sieve::Action& action) {
  return std::visit(
      [](const auto& what) -> sieve::Snapshot {
        if constexpr (requires { what.message; }) {
          return what.message;
        } else {
          return nullptr;
        }
      },
      action.what);
}

const sieve::OutgoingMail* mail_of(const sieve::Action& action) {
  return std::visit(
      [](const auto& what) -> const sieve::OutgoingMail* {
        if constexpr (requires { what.mail; }) {
          return &what.mail;
        } else {
          return nullptr;
        }
      },
      action.what);
}

std::string edits(const mail::EditedMessage& original, const mail::EditedMessage& message) {
  if (!message.edited()) return {};
  std::string text;
  for (const auto field : missing(original, message)) text += indented(field, "- ");
  for (const auto field : missing(message, original)) text += indented(field, "+ ");
  if (original.body() != message.body()) {
    text += "another body of " + std::to_string(message.body().size()) + " octets\n";
  }
  return text;
}

std::string indented(std::string_view text, std::string_view prefix) {
  std::string result;
  if (!text.empty() && text.back() == '\n') text.remove_suffix(1);
  for (auto line : base::split(text, '\n')) {
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    result += std::string(prefix) + printable_line(line);
    while (result.back() == ' ') result.pop_back(); // of a prefix before an empty line
    result += '\n';
  }
  return result;
}

} // namespace tools
