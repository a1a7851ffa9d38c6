// SPDX-License-Identifier: MIT
// Names of mailboxes, as scripts write them and as they lie on disk.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace delivery {

/// A mailbox of one user. No components: the INBOX.
class FolderName {
public:
  FolderName() = default; // the INBOX

  /// UTF-8; '/' and '.' both divide, INBOX in any case is the INBOX, and "INBOX.A" is "A" (as Courier and
  /// Cyrus write it). Nothing for an impossible name: empty components (so no ".."), control characters,
  /// octets that are no UTF-8, more than 16 levels, or names longer than a file system takes.
  static std::optional<FolderName> parse(std::string_view name);

  bool is_inbox() const { return components_.empty(); }
  const std::vector<std::string>& components() const { return components_; }
  /// "INBOX" or "A/B".
  std::string str() const;
  /// The components on disk, joined; `utf8` or modified UTF-7.
  std::string on_disk(char separator, bool utf8) const;
  bool operator==(const FolderName&) const = default;

private:
  std::vector<std::string> components_;
};

/// Modified UTF-7 of valid UTF-8 (RFC 3501 section 5.1.3).
std::string to_modified_utf7(std::string_view utf8);
/// Nothing for what to_modified_utf7() would not have written.
std::optional<std::string> from_modified_utf7(std::string_view text);

} // namespace delivery
