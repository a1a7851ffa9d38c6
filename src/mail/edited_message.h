// SPDX-License-Identifier: MIT
// A message as pieces: views over the octets that came in, and owned text where it was edited (editheader RFC
// 5293, replace and enclose RFC 5703). A copy is a snapshot: it shares the octets and the owned texts.
#pragma once

#include "mail/part.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mail {

class EditedMessage {
public:
  /// `octets` must outlive this object and its copies. Line ends LF or CRLF; new text is written with LF
  /// unless the message's first line ends in CRLF.
  explicit EditedMessage(std::string_view octets);
  /// For whoever has counted already: crlf_size() of them.
  EditedMessage(std::string_view octets, std::size_t crlf_size);
  EditedMessage(const EditedMessage& other);
  EditedMessage& operator=(const EditedMessage& other);
  ~EditedMessage();

  /// The top-level fields as they are now. Views stay valid while this object or a copy of it lives unedited.
  const std::vector<Field>& fields() const { return fields_; }
  bool has_body() const { return has_body_; }
  std::string_view body() const { return body_; }

  /// Inserts a field before fields()[position] (position == fields().size(): at the end). `value` is UTF-8
  /// without line ends; it is folded, and RFC 2047-encoded if it is not ASCII.
  void insert_field(std::size_t position, std::string_view name, std::string_view value);
  /// The same for a field that is already in its wire form, without its final line end. Lines in it that are
  /// no continuations become some. The name must be one (is_field_name).
  void insert_raw_field(std::size_t position, std::string_view field);
  void erase_field(std::size_t position);
  /// Puts `octets` (header fields, blank line, body; line ends as the message's) in place of the whole
  /// message.
  void replace_all(std::string octets);
  /// Puts `octets` in place of a part that root() of this very object returned, header and all. For the root
  /// this is replace_all(). The line end before the next delimiter is not the part's: `octets` need not end
  /// in one.
  void replace_part(const Part& part, std::string octets);

  bool edited() const { return edited_; }

  /// The MIME structure, read at the first call after construction or an edit, which ends the life of the
  /// tree before; a copy taken earlier keeps that one alive. Once a field was edited, `octets` of the root is
  /// empty (header and body are no neighbours then, and the body is not copied): str() and pieces() have the
  /// whole.
  const Part& root() const;

  /// The octets as they are to be written, in order; the views live as long as fields().
  std::vector<std::string_view> pieces() const;
  std::size_t size() const;
  /// Size with every line end as CRLF: what RFC 5228 section 5.9 and Maildir's W= speak of.
  std::size_t crlf_size() const;
  std::string str() const;

private:
  void index(std::string_view octets);
  void touch();
  std::string_view own(std::string text);

  std::vector<Field> fields_;
  std::vector<std::string_view>
      before_;                 // what stands before each field and after the last, and is none: From_ lines
  std::string_view separator_; // the blank line
  std::string_view body_;
  bool has_body_ = false;
  bool edited_ = false;
  bool contiguous_ = true; // the whole is one view, original_
  std::string_view original_;
  std::string_view line_end_ = "\n";
  std::vector<std::shared_ptr<const std::string>> owned_;
  std::shared_ptr<const std::string> owned_body_; // null until a part was replaced: one body, however often
  mutable std::optional<std::size_t> body_crlf_size_;
  mutable std::shared_ptr<const std::string> header_; // what the header of root_ views, unless contiguous_
  mutable std::shared_ptr<const Part> root_;
};

} // namespace mail
