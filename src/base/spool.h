// SPDX-License-Identifier: MIT
// One message while it is being received and handed on: in memory up to a threshold, in an unlinked temporary
// file beyond it, so that the memory of the process does not grow with the message and a crash leaves
// nothing.
#pragma once

#include "base/fd.h"
#include "base/xxhash.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace base {

class Spool {
public:
  static constexpr std::size_t default_threshold = 256 * 1024;

  /// `directory` is where the temporary file is made (O_TMPFILE, or mkstemp and unlink) once more than
  /// `threshold` octets have come.
  explicit Spool(std::string directory = "/tmp", std::size_t threshold = default_threshold);
  ~Spool();
  Spool(const Spool&) = delete;
  Spool& operator=(const Spool&) = delete;

  /// Adds octets as they will lie on disk (LF line ends). Throws std::system_error (ENOSPC, EIO, ...).
  void append(std::string_view octets);
  /// How many more octets the message has when its lines end in CRLF; whoever converts them tells it here.
  void add_line_ends(std::size_t count) { line_ends_ += count; }
  /// Writes what is still buffered; after it size(), view() and fd() are those of the whole message.
  void finish();
  /// Empties the spool for the next message.
  void clear();

  std::size_t size() const { return size_; }
  std::size_t crlf_size() const { return size_ + line_ends_; }
  /// Digits that other contents do not have (XXH64). Made while the octets come, once for all recipients:
  /// nobody has to read a large message again.
  std::string fingerprint() const { return std::to_string(hash_.value()); }
  /// The whole message; a spooled file is mapped at the first call. Valid until clear() or destruction.
  std::string_view view() const;
  /// Of a mapped view: these octets are not needed soon, and take no memory until they are read again (nor
  /// does what lies before them on their first page).
  void release(std::string_view octets) const;
  /// The temporary file, or -1 while the message is in memory. Children that inherit it must not move its
  /// position: it is shared.
  int fd() const { return file_.get(); }

private:
  void remember(std::string_view octets);
  void spill();

  std::string directory_;
  std::size_t threshold_;
  std::string memory_; // the message, or what waits to be written to file_: at most threshold_ octets
  Fd file_;
  std::size_t size_ = 0;
  std::size_t line_ends_ = 0;
  XxHash hash_;
  mutable void* map_ = nullptr;
  mutable std::size_t map_size_ = 0;
};

} // namespace base
