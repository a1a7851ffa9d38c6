// SPDX-License-Identifier: MIT
// The messages of one folder of a Maildir++ that are there already, and moving them.
#pragma once

#include "delivery/folder_name.h"
#include "sieve/action.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tools {

/// One file of new/ or cur/.
struct MaildirEntry {
  bool is_new = false;
  std::string name;
  std::string path(const std::string& folder) const { return folder + (is_new ? "/new/" : "/cur/") + name; }
  /// Its letters after ":2,".
  std::string_view letters() const;
  std::string_view base() const; // the name without them
};

/// Where the message is now: readers move it from new/ to cur/ and rename it when its flags change. Nothing
/// if it is gone. Throws std::system_error.
std::optional<MaildirEntry> find_again(const MaildirEntry& entry, const std::string& folder);

/// In the order of their names, which is that of their arrival. Throws std::system_error.
std::vector<MaildirEntry> list_maildir(const std::string& folder, bool only_new);

/// A file mapped into memory: of a big message only what a rule reads is read from the disk.
class MappedFile {
public:
  /// Throws std::system_error; a file that is gone is ENOENT.
  explicit MappedFile(const std::string& path);
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  ~MappedFile();
  std::string_view octets() const { return {static_cast<const char*>(map_), size_}; }
  std::int64_t modified() const { return modified_; }

private:
  void* map_ = nullptr;
  std::size_t size_ = 0;
  std::int64_t modified_ = 0;
};

/// Moves the very file to another folder of the filesystem, or gives it more flags where it is: one rename
/// that replaces nothing. Keywords get the letters that they have in the other folder. False if the message
/// is gone: an IMAP server moved or expunged it meanwhile. Throws std::system_error, EXDEV between
/// filesystems.
bool move_file(const MaildirEntry& entry, const std::string& from, const std::string& to,
               const sieve::Flags& more_flags);

/// Removes the message, whatever flags a reader has given it meanwhile; false if it was gone.
bool remove_message(const MaildirEntry& entry, const std::string& folder);

/// The letters for these flags in a folder; keywords that it has none for get one.
std::string letters_in(const std::string& folder, const sieve::Flags& flags);

/// The flags that a message has, keywords by their names.
sieve::Flags flags_of(const MaildirEntry& entry, const std::string& folder);

} // namespace tools
