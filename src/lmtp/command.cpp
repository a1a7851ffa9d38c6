// SPDX-License-Identifier: MIT
#include "lmtp/command.h"

#include "base/ascii.h"
#include "base/utf8.h"
#include "lmtp/parameters.h"
#include "mail/address.h"

#include <algorithm>

namespace lmtp {

namespace {

constexpr mail::FixedReply control_character{500, "5.5.2", "Control characters do not belong into a command"};
constexpr mail::FixedReply lhlo_syntax{501, "5.5.4", "Syntax: LHLO hostname"};
constexpr mail::FixedReply mail_syntax{501, "5.5.4", "Syntax: MAIL FROM:<address> [parameters]"};
constexpr mail::FixedReply rcpt_syntax{501, "5.5.4", "Syntax: RCPT TO:<address> [parameters]"};
constexpr mail::FixedReply bdat_syntax{501, "5.5.4", "Syntax: BDAT octets [LAST]"};
constexpr mail::FixedReply bad_sender{501, "5.1.7", "Bad sender address syntax"};
constexpr mail::FixedReply bad_recipient{501, "5.1.3", "Bad recipient address syntax"};

/// Takes "FROM:" and the path, and leaves the parameters in `text`.
std::optional<mail::Reply> take_path(std::string_view& text, std::string_view keyword,
                                     const mail::FixedReply& syntax, const mail::FixedReply& bad_path,
                                     mail::Address& address) {
  if (!base::starts_with_ignoring_case(text, keyword)) return syntax;
  // A blank after the colon is against the grammar, common, and harmless.
  const std::string_view path = base::trim(text.substr(keyword.size()));
  std::string_view rest;
  auto parsed = mail::parse_path(path, rest);
  if (!parsed) return bad_path;
  if (!rest.empty() && !base::is_blank(rest.front())) return bad_path;
  address = std::move(*parsed);
  text = rest;
  return std::nullopt;
}

} // namespace

Parsed<Command> parse_command(std::string_view line) {
  if (std::any_of(line.begin(), line.end(), [](char c) { return base::is_control(c) && c != '\t'; }))
    return control_character;
  line = base::trim(line);
  const auto end = std::find_if(line.begin(), line.end(), base::is_blank);
  const auto length = static_cast<std::size_t>(end - line.begin());
  return Command{line.substr(0, length), base::trim(line.substr(length))};
}

Parsed<std::string> parse_lhlo(std::string_view argument) {
  if (argument.empty() || !base::is_utf8(argument)) return lhlo_syntax;
  return std::string(base::words(argument).front());
}

Parsed<mail::Envelope> parse_mail(std::string_view argument) {
  mail::Envelope envelope;
  if (auto refusal = take_path(argument, "FROM:", mail_syntax, bad_sender, envelope.reverse_path))
    return *refusal;
  if (auto refusal = read_parameters(argument, envelope)) return *refusal;
  return envelope;
}

Parsed<mail::Recipient> parse_rcpt(std::string_view argument) {
  mail::Recipient recipient;
  if (auto refusal = take_path(argument, "TO:", rcpt_syntax, bad_recipient, recipient.address))
    return *refusal;
  if (recipient.address.empty()) return bad_recipient;
  if (auto refusal = read_parameters(argument, recipient)) return *refusal;
  return recipient;
}

Parsed<Chunk> parse_bdat(std::string_view argument) {
  const auto words = base::words(argument);
  if (words.empty() || words.size() > 2) return bdat_syntax;
  const auto octets = base::parse_number(words[0]);
  const bool last = words.size() == 2;
  if (!octets || (last && !base::equal_ignoring_case(words[1], "LAST"))) return bdat_syntax;
  return Chunk{*octets, last};
}

} // namespace lmtp
