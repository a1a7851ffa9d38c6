// SPDX-License-Identifier: MIT
#include "mail/address.h"

#include "base/utf8.h"
#include "mail/address_syntax.h"

namespace mail {

namespace {

/// Octet by octet through a path, strictly: no white space, no comments. Every take_ function moves `text`
/// behind what it read, or leaves it anywhere and says no.
class PathReader {
public:
  PathReader(std::string_view text, bool utf8) : text_(text), utf8_(utf8) {}

  std::string_view rest() const { return text_; }
  bool take(char c) {
    if (text_.empty() || text_.front() != c) return false;
    text_.remove_prefix(1);
    return true;
  }

  /// [A-d-l ":"] Local-part ["@" Domain]. RFC 5321 appendix C: the route is read and ignored.
  std::optional<Address> take_mailbox() {
    const bool routed = !text_.empty() && text_.front() == '@';
    if (routed && !take_route()) return std::nullopt;
    Address address;
    if (!take_local_part(address.local_part)) return std::nullopt;
    if (take('@')) {
      if (!take_domain(address.domain)) return std::nullopt;
    } else if (routed || address.local_part.empty()) {
      return std::nullopt; // <""> must not pass for the null path
    }
    if (!base::is_utf8(address.local_part) || !base::is_utf8(address.domain)) return std::nullopt;
    return address;
  }

private:
  bool allowed(char c) const { return utf8_ || !is_eight_bit(c); }

  bool take_route() {
    std::string ignored;
    do {
      if (!take('@') || !take_domain(ignored)) return false;
    } while (take(','));
    return take(':');
  }

  bool take_local_part(std::string& local_part) {
    if (take('"')) return take_quoted(local_part);
    const auto end = end_of(text_, [this](char c) { return c == '.' || (is_atext(c) && allowed(c)); });
    local_part = text_.substr(0, end);
    text_.remove_prefix(end);
    return end > 0;
  }

  bool take_quoted(std::string& content) {
    while (!text_.empty() && text_.front() != '"') {
      take('\\');
      if (text_.empty() || base::is_control(text_.front()) || !allowed(text_.front())) return false;
      content += text_.front();
      text_.remove_prefix(1);
    }
    return take('"');
  }

  bool take_domain(std::string& domain) {
    const bool literal = !text_.empty() && text_.front() == '[';
    const auto end = literal ? end_of_literal(text_)
                             : end_of(text_, [this](char c) { return is_domain_char(c) && allowed(c); });
    domain = text_.substr(0, end);
    text_.remove_prefix(end);
    return literal ? end > 0 : has_no_empty_label(domain);
  }

  std::string_view text_;
  bool utf8_;
};

} // namespace

std::string Address::str() const {
  if (empty()) return {};
  std::string text;
  if (!local_part.empty() &&
      end_of(local_part, [](char c) { return c == '.' || is_atext(c); }) == local_part.size()) {
    text = local_part;
  } else {
    text = "\"";
    for (const char c : local_part) {
      if (c == '"' || c == '\\') text += '\\';
      text += c;
    }
    text += '"';
  }
  return domain.empty() ? text : text + '@' + domain;
}

std::optional<Address> parse_path(std::string_view text, std::string_view& rest, bool utf8) {
  PathReader reader(text, utf8);
  if (!reader.take('<')) return std::nullopt;
  std::optional<Address> address = Address{};
  if (!reader.take('>')) {
    address = reader.take_mailbox();
    if (!address || !reader.take('>')) return std::nullopt;
  }
  rest = reader.rest();
  return address;
}

std::optional<Address> parse_mailbox(std::string_view text, bool utf8) {
  PathReader reader(text, utf8);
  auto address = reader.take_mailbox();
  return reader.rest().empty() ? address : std::nullopt;
}

} // namespace mail
