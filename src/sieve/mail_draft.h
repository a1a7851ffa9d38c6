// SPDX-License-Identifier: MIT
// A mail that a script sends, while it is put together. Whatever variables bring in, no value can end its
// field, add another, or end the header.
#pragma once

#include "mail/address.h"
#include "sieve/action.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sieve {

class Execution;

class MailDraft {
public:
  /// With a fresh Date and Message-ID.
  explicit MailDraft(Execution& execution);

  /// Free text in UTF-8, encoded where it must be (RFC 2047).
  void text_field(std::string_view name, std::string_view value);
  /// A value that is in the syntax of its field already.
  void field(std::string_view name, std::string_view value);
  void address_field(std::string_view name, const std::vector<mail::HeaderAddress>& addresses);
  void address_field(std::string_view name, const mail::Address& address);

  /// Ends the mail with a text in UTF-8, line ends LF or CRLF.
  std::string with_text(std::string_view text) &&;
  /// Ends the mail with a MIME entity (RFC 2045 section 2.4), header and content. Of its fields only those
  /// that describe content are taken.
  std::string with_entity(std::string_view entity) &&;
  /// Ends the mail with a body whose own fields were added before.
  std::string with_body(std::string_view body) &&;

private:
  std::string octets_;
};

/// With LF line ends and without NUL, which no mail may hold.
std::string lf_lines(std::string_view text);
/// The same, made valid UTF-8.
std::string plain_lines(std::string_view text);

/// Fields and body, line ends LF, of a part of a multipart that shows a text to people.
std::string text_part(std::string_view text);

/// Has the header of a MIME entity octets outside ASCII? It must not (RFC 5230 section 5).
bool has_eight_bit_header(std::string_view entity);

/// The message-ids in a field such as References, "<...>" each; all else in it is dropped.
std::vector<std::string> message_ids(std::string_view value);

/// A subject line: one line, at most 256 characters, cut with an ellipsis.
std::string subject_line(std::string_view text);

/// The value of the message's first field of that name as people read it, or empty.
std::string decoded_field(Execution& execution, std::string_view name);

/// Is there an Auto-Submitted field other than "no" (RFC 3834 section 5)? Then nothing may be sent in answer.
bool is_auto_submitted(const mail::EditedMessage& message);

/// The addresses of a list that a script wrote; nothing if there is none, or one that cannot be sent to.
std::optional<std::vector<mail::HeaderAddress>> mailbox_list(std::string_view text);

bool same_address(const mail::Address& a, const mail::Address& b);

} // namespace sieve
