// SPDX-License-Identifier: MIT
// The MIME structure of a message (RFC 2045, RFC 2046): a tree of views over its octets, decoded on demand.
// Hostile structure costs linear time: beyond a limit a part is left opaque, an application/octet-stream
// leaf.
#pragma once

#include "mail/header.h"
#include "mail/parameters.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mail {

struct PartLimits {
  std::size_t depth = 100;    // the message itself is at depth 1
  std::size_t parts = 10000;  // the last of them is opaque and takes all that is left
  std::size_t fields = 10000; // of one part; of the whole tree ten times as many
};

class Part {
public:
  std::vector<Field> fields;
  std::string_view octets; // header and body as they stand; the line end before a delimiter is not among
                           // them. Empty if header and body were given apart
  std::string_view header;
  std::string_view body; // encoded, line ends as stored
  bool has_body = false; // a blank line ended the header

  std::string
      type; // lower case; "text/plain" when absent, broken or unknown in syntax (RFC 2045 section 5.2)
  std::string subtype;   // (a part of multipart/digest: message/rfc822)
  Parameters parameters; // of Content-Type, RFC 2231 decoded
  std::string encoding;  // Content-Transfer-Encoding, lower case; "7bit" when absent

  std::string_view preamble, epilogue; // of a multipart: before the first and after the last delimiter
  /// Of multipart/*; of message/rfc822 and message/global: the one message, unless it is in base64 or
  /// quoted-printable, which RFC 2046 section 5.2.1 forbids: that one is a leaf, since views need octets to
  /// show.
  std::vector<std::unique_ptr<Part>> children;
  const Part* parent = nullptr;

  bool is_multipart() const { return type == "multipart"; }
  bool is_message() const { return type == "message" && !children.empty(); }
  /// "type/subtype"
  std::string media_type() const { return type + "/" + subtype; }

  // Views that live as long as the part: what is made is kept, what need not be changed is not copied.

  /// The body with its transfer encoding removed; an unknown encoding leaves it as it is. Line ends as
  /// stored.
  std::string_view decoded() const;
  /// decoded(), its charset converted to UTF-8 where type is text; an unknown charset leaves the octets.
  /// Text without a charset is UTF-8 if it can be, else windows-1252, as browsers read it.
  std::string_view text() const;
  /// text(), with the markup of text/html removed and its entities resolved: what a reader sees.
  std::string_view plain_text() const;
  /// File name from Content-Disposition filename= or Content-Type name=, RFC 2231 and RFC 2047 decoded; or
  /// empty.
  std::string file_name() const;

private:
  std::string_view converted() const;

  mutable std::optional<std::string> decoded_, converted_, plain_text_; // what was made
  mutable std::optional<std::string_view> text_;
};

/// Reads a message or part and the structure below it. `octets` must outlive the tree.
std::unique_ptr<Part> parse_part(std::string_view octets, const PartLimits& limits = {});
/// The same for one whose header was cut already, and perhaps edited: `header` and `body` need not be
/// neighbours in memory, `octets` of the root stays empty. `fields` are those of `header`.
std::unique_ptr<Part> parse_part(std::vector<Field> fields, std::string_view header, std::string_view body,
                                 bool has_body, const PartLimits& limits = {});

} // namespace mail
