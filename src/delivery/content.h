// SPDX-License-Identifier: MIT
// A message as a store is to write it: our trace fields, then the message as a script left it, never copied.
#pragma once

#include "base/spool.h"
#include "mail/edited_message.h"

#include <cstddef>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace delivery {

/// What is to be stored. `message` and `spool` outlive whatever is made of it.
struct Letter {
  std::string front; // trace fields, LF line ends
  std::shared_ptr<const mail::EditedMessage> message;
  const base::Spool* spool = nullptr; // where unedited octets lie, if in a file; or null
};

/// Pieces that lie in memory, or in the spool's file too.
class Content {
public:
  using Pieces = std::vector<std::string_view>;

  /// Without the top-level fields named in `dropped` (ASCII case ignored); `more_front` follows the letter's
  /// own.
  Content(const Letter& letter, std::span<const std::string_view> dropped,
          const std::string& more_front = {});
  Content(const Content&) = delete;
  Content& operator=(const Content&) = delete;

  const Pieces& pieces() const { return pieces_; }
  /// For a store that must change octets (mbox): views that live as long as this object does, or longer.
  void set_pieces(Pieces pieces) { pieces_ = std::move(pieces); }
  /// Keeps a text for as long as this object lives.
  std::string_view own(std::string text);

  std::size_t size() const;
  /// With every line end as CRLF.
  std::size_t crlf_size() const;

  /// A piece that was looked through: what lies in the spool's file need not stay in memory.
  void release(std::string_view piece) const;

  /// Writes at the position of `fd`, from memory that does not grow with the message. Throws
  /// std::system_error.
  void write_to(int fd) const;

private:
  bool in_spool_file(std::string_view piece) const;
  /// Pieces in the order in which they lie in the spool's file.
  void release_all(const Pieces& pieces) const;
  /// How many the spool has counted, for what is all of its file but a short front.
  std::optional<std::size_t> line_ends_at_spools_end(std::string_view piece) const;

  std::shared_ptr<const mail::EditedMessage> message_;
  std::vector<std::unique_ptr<const std::string>> owned_;
  const base::Spool* spool_;
  Pieces pieces_;
};

} // namespace delivery
