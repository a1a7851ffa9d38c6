// SPDX-License-Identifier: MIT
#include "sieve/mailto.h"

#include "base/ascii.h"
#include "mail/header.h"
#include "sieve/mail_draft.h"

#include <algorithm>

namespace sieve {

namespace {

constexpr std::size_t most_recipients = 32, most_fields = 32;

bool is_unreserved(char c) {
  return base::is_alnum(c) || std::string_view("-._~").find(c) != std::string_view::npos;
}

/// What stands for itself: RFC 6068 section 2, some-delims with ":" and "@"; in addresses "," divides and ";"
/// must be encoded.
bool is_plain_in_address(char c) {
  return is_unreserved(c) || std::string_view("!$'()*+:@").find(c) != std::string_view::npos;
}
bool is_plain_in_field(char c) {
  return is_unreserved(c) || std::string_view("!$'()*+,;:@/?").find(c) != std::string_view::npos;
}

/// Percent-encoding removed; nothing if a character stands there that must be encoded.
std::optional<std::string> decode(std::string_view text, bool (*is_plain)(char)) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      if (!is_plain(text[i])) return std::nullopt;
      result += text[i];
      continue;
    }
    const int high = i + 2 < text.size() ? base::hex_value(text[i + 1]) : -1;
    const int low = high >= 0 ? base::hex_value(text[i + 2]) : -1;
    if (low < 0) return std::nullopt;
    result += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return result;
}

/// Trace and identity of a message, where it goes and what it is made of are not the URI's (RFC 5436 section
/// 2.7; RFC 6068 section 4).
bool is_unsafe(std::string_view name) {
  static constexpr std::string_view unsafe[] = {
      "from",        "sender",     "bcc",          "date",         "message-id", "auto-submitted", "received",
      "return-path", "references", "mime-version", "delivered-to", "errors-to",  "apparently-to"};
  static constexpr std::string_view families[] = {"resent-", "content-", "list-",
                                                  "dkim-",   "arc-",     "x-auto-response-"};
  return std::any_of(std::begin(unsafe), std::end(unsafe),
                     [&](std::string_view one) { return base::equal_ignoring_case(one, name); }) ||
         std::any_of(std::begin(families), std::end(families),
                     [&](std::string_view one) { return base::starts_with_ignoring_case(name, one); });
}

class Parser {
public:
  explicit Parser(std::string& why) : why_(why) {}

  std::optional<Mailto> parse(std::string_view rest) {
    const auto question = rest.find('?');
    if (!parse_addresses(rest.substr(0, question))) return std::nullopt;
    if (question != std::string_view::npos) {
      for (const auto field : base::split(rest.substr(question + 1), '&')) {
        if (!parse_field(field)) return std::nullopt;
      }
    }
    if (made_.to.size() + made_.cc.size() > most_recipients) return fail("it has too many recipients");
    return std::move(made_);
  }

private:
  std::nullopt_t fail(std::string why) {
    why_ = std::move(why);
    return std::nullopt;
  }
  bool wrong(std::string why) {
    why_ = std::move(why);
    return false;
  }

  bool parse_addresses(std::string_view text) {
    if (text.empty()) return true;
    for (const auto encoded : base::split(text, ',')) {
      const auto decoded = decode(encoded, is_plain_in_address);
      if (!decoded) return wrong("`" + base::printable(encoded) + "' has characters that must be encoded");
      // Nothing but an address: no name, no group.
      if (!mail::parse_mailbox(*decoded)) return wrong("`" + base::printable(*decoded) + "' is no address");
      if (!add(made_.to, *decoded)) return false;
    }
    return true;
  }

  bool add(std::vector<mail::HeaderAddress>& into, const std::string& text) {
    auto list = mailbox_list(text);
    if (!list) return wrong("`" + base::printable(text) + "' is no address");
    for (auto& address : *list) into.push_back(std::move(address));
    return true;
  }

  bool parse_field(std::string_view text) {
    const auto equals = text.find('=');
    const auto name = decode(text.substr(0, equals), is_plain_in_field);
    if (equals == std::string_view::npos || !name || !mail::is_field_name(*name)) {
      return wrong("`" + base::printable(text) + "' is no header field");
    }
    auto value = decode(text.substr(equals + 1), is_plain_in_field);
    if (!value) return wrong("the value of `" + *name + "' has characters that must be encoded");
    const std::string key = base::lower(*name);
    if (is_unsafe(key)) {
      made_.ignored.push_back(*name);
      return true;
    }
    if (key == "to" || key == "cc") {
      return base::trim(*value).empty() || add(key == "to" ? made_.to : made_.cc, *value);
    }
    return set(key, *name, std::move(*value));
  }

  bool set(const std::string& key, const std::string& name, std::string value) {
    if (key == "subject" || key == "body") {
      auto& place = key == "subject" ? made_.subject : made_.body;
      if (!place) place = std::move(value);
      return true;
    }
    if (made_.fields.size() == most_fields) return wrong("it has too many header fields");
    made_.fields.emplace_back(name, std::move(value));
    return true;
  }

  std::string& why_;
  Mailto made_;
};

} // namespace

std::string uri_scheme(std::string_view uri) {
  const auto colon = uri.find(':');
  if (colon == std::string_view::npos || colon == 0 || !base::is_alpha(uri.front())) return {};
  const auto scheme = uri.substr(0, colon);
  const bool good = std::all_of(scheme.begin(), scheme.end(),
                                [](char c) { return base::is_alnum(c) || c == '+' || c == '-' || c == '.'; });
  return good ? base::lower(scheme) : std::string();
}

std::optional<Mailto> parse_mailto(std::string_view uri, std::string& why) {
  if (uri_scheme(uri) == "mailto") return Parser(why).parse(uri.substr(uri.find(':') + 1));
  why = "it is no mailto URI";
  return std::nullopt;
}

} // namespace sieve
