// SPDX-License-Identifier: MIT
#include "lmtp/parameters.h"

#include "base/ascii.h"
#include "base/utf8.h"
#include "lmtp/command.h"
#include "mail/xtext.h"

#include <algorithm>
#include <set>
#include <span>

namespace lmtp {

namespace {

using base::equal_ignoring_case;

/// One keyword: `read` puts the value into the target and says whether it was right. A value that is not
/// given is empty, which no keyword but SMTPUTF8 takes for right.
template <typename Target>
struct Parameter {
  std::string_view keyword;
  bool (*read)(std::string_view value, Target& target);
};

bool has_control(std::string_view text) { return std::any_of(text.begin(), text.end(), base::is_control); }

/// xtext of at least one octet in which no control character hides: the result is written into headers and
/// logs.
bool read_xtext(std::string_view value, std::string& target) {
  auto decoded = mail::decode_xtext(value);
  if (!decoded || decoded->empty() || has_control(*decoded) || !base::is_utf8(*decoded)) return false;
  target = std::move(*decoded);
  return true;
}

bool read_size(std::string_view value, mail::Envelope& envelope) {
  envelope.declared_size = base::parse_number(value);
  return envelope.declared_size.has_value();
}

bool read_body(std::string_view value, mail::Envelope& envelope) {
  if (equal_ignoring_case(value, "7BIT"))
    envelope.body = mail::Body::seven_bit;
  else if (equal_ignoring_case(value, "8BITMIME"))
    envelope.body = mail::Body::eight_bit_mime;
  return envelope.body != mail::Body::unspecified;
}

bool read_smtputf8(std::string_view value, mail::Envelope& envelope) {
  envelope.smtputf8 = true;
  return value.empty();
}

bool read_ret(std::string_view value, mail::Envelope& envelope) {
  if (equal_ignoring_case(value, "FULL"))
    envelope.ret = mail::Ret::full;
  else if (equal_ignoring_case(value, "HDRS"))
    envelope.ret = mail::Ret::headers;
  return envelope.ret != mail::Ret::unspecified;
}

bool read_envid(std::string_view value, mail::Envelope& envelope) {
  return read_xtext(value, envelope.envid);
}
bool read_auth(std::string_view value, mail::Envelope& envelope) { return read_xtext(value, envelope.auth); }

/// RFC 2852 section 4: ["-"|"+"] 1*9DIGIT ";" ("N"|"R") ["T"]; R only with time left.
bool read_by(std::string_view value, mail::Envelope& envelope) {
  const auto pieces = base::split(value, ';');
  if (pieces.size() != 2) return false;
  std::string_view time = pieces[0];
  const bool negative = time.starts_with('-');
  if (negative || time.starts_with('+')) time.remove_prefix(1);
  const auto seconds = base::parse_number(time);
  const std::string mode = base::upper(pieces[1]);
  if (!seconds || time.size() > 9 || (mode != "N" && mode != "NT" && mode != "R" && mode != "RT"))
    return false;
  mail::DeliverBy by;
  by.seconds = static_cast<std::int64_t>(*seconds) * (negative ? -1 : 1);
  by.mode = mode[0];
  by.trace = mode.size() == 2;
  envelope.by = by;
  return by.mode == 'N' || by.seconds > 0;
}

/// RFC 3461 section 4.1: NEVER alone, or a list of the others.
bool read_notify(std::string_view value, mail::Recipient& recipient) {
  mail::Notify notify;
  notify.given = true;
  for (const auto word : base::split(value, ',')) {
    if (equal_ignoring_case(word, "NEVER"))
      notify.never = true;
    else if (equal_ignoring_case(word, "SUCCESS"))
      notify.success = true;
    else if (equal_ignoring_case(word, "FAILURE"))
      notify.failure = true;
    else if (equal_ignoring_case(word, "DELAY"))
      notify.delay = true;
    else
      return false;
  }
  recipient.notify = notify;
  return !notify.never || !(notify.success || notify.failure || notify.delay);
}

/// RFC 3461 section 4.2, and RFC 6533 section 3 for the type utf-8.
bool read_orcpt(std::string_view value, mail::Recipient& recipient) {
  const auto semicolon = value.find(';');
  if (semicolon == std::string_view::npos || semicolon == 0) return false;
  const std::string type = base::lower(value.substr(0, semicolon));
  if (!std::all_of(type.begin(), type.end(), [](char c) { return base::is_alnum(c) || c == '-'; }))
    return false;
  recipient.orcpt_type = type;
  if (type != "utf-8") return read_xtext(value.substr(semicolon + 1), recipient.orcpt);
  auto decoded = mail::decode_utf8_xtext(value.substr(semicolon + 1));
  if (!decoded || decoded->empty() || has_control(*decoded)) return false;
  recipient.orcpt = std::move(*decoded);
  return true;
}

/// RFC 7293 section 3.1: date-time [";" ("C" / "R")]; what a relay without RRVS would have to do is not for
/// us.
bool read_rrvs(std::string_view value, mail::Recipient& recipient) {
  const auto pieces = base::split(value, ';');
  if (pieces.size() > 2) return false;
  if (pieces.size() == 2 && !equal_ignoring_case(pieces[1], "C") && !equal_ignoring_case(pieces[1], "R"))
    return false;
  recipient.rrvs = parse_timestamp(pieces[0]);
  return recipient.rrvs.has_value();
}

constexpr Parameter<mail::Envelope> mail_parameters[] = {
    {"SIZE", read_size}, {"BODY", read_body},   {"SMTPUTF8", read_smtputf8},
    {"RET", read_ret},   {"ENVID", read_envid}, {"AUTH", read_auth},
    {"BY", read_by},
};

constexpr Parameter<mail::Recipient> rcpt_parameters[] = {
    {"NOTIFY", read_notify},
    {"ORCPT", read_orcpt},
    {"RRVS", read_rrvs},
};

mail::Reply refusal(int code, std::string_view what, std::string_view keyword) {
  return {code, "5.5.4", std::string(what) + ": " + base::printable(keyword.substr(0, 40))};
}

template <typename Target>
std::optional<mail::Reply> read_all(std::string_view text, std::span<const Parameter<Target>> known,
                                    Target& target) {
  std::set<const Parameter<Target>*> seen;
  for (const auto word : base::words(text)) {
    const auto equals = word.find('=');
    const std::string_view keyword = word.substr(0, equals);
    const std::string_view value = equals == std::string_view::npos ? "" : word.substr(equals + 1);
    const auto found = std::find_if(known.begin(), known.end(), [&](const auto& parameter) {
      return equal_ignoring_case(parameter.keyword, keyword);
    });
    if (found == known.end()) return refusal(555, "Unknown parameter", keyword);
    if (!seen.insert(&*found).second) return refusal(501, "Parameter given twice", keyword);
    const bool empty_value = equals != std::string_view::npos && value.empty();
    if (empty_value || !found->read(value, target)) return refusal(501, "Bad value of parameter", keyword);
  }
  return std::nullopt;
}

} // namespace

std::optional<mail::Reply> read_parameters(std::string_view text, mail::Envelope& envelope) {
  return read_all<mail::Envelope>(text, mail_parameters, envelope);
}

std::optional<mail::Reply> read_parameters(std::string_view text, mail::Recipient& recipient) {
  return read_all<mail::Recipient>(text, rcpt_parameters, recipient);
}

} // namespace lmtp
