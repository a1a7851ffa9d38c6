// SPDX-License-Identifier: MIT
// What was done before, so that it is not done twice: duplicates (RFC 7352), vacation answers (RFC 5230
// section 4.1), redirects. One empty file per record in ~/.lastmile/KIND/, named by a digest, its mtime the
// time when it expires: made with O_EXCL, so that of several processes, and hosts on one filesystem, one
// makes it. No lock, no database.
#pragma once

#include "base/fd.h"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace delivery {

class Tracker {
public:
  static constexpr std::size_t most_records = 10000; // beyond it those that expire first go

  /// `kind` is a directory name of ours: "duplicate", "vacation", "redirect". Touches nothing yet.
  Tracker(const std::string& home, const std::string& kind);

  /// Is there a record that has not expired at `now`? A tracker that cannot be read has none (logged).
  bool seen(const std::string& key, std::int64_t now) const;
  /// Makes the record, or gives one that is there a new time. False if it cannot be made (logged).
  bool record(const std::string& key, std::int64_t now, std::int64_t seconds) const;
  /// True for exactly one of all who ask for the same key before it expires. Throws std::system_error.
  bool claim(const std::string& key, std::int64_t now, std::int64_t seconds) const;
  /// Takes a record back. Does not throw.
  void release(const std::string& key) const noexcept;

  /// Removes what has expired, and more if there are too many.
  void clean(std::int64_t now, std::size_t most = most_records) const;

private:
  void clean_sometimes(const std::string& name, std::int64_t now) const;

  std::string home_, kind_;
};

/// The directory ~/.lastmile/KIND, no part of which is a link; made if `make`, else nothing if it is not
/// there. Throws std::system_error.
std::optional<base::Fd> open_state(const std::string& home, const std::string& kind, bool make);

/// A key of several texts: no two lists of texts have the same.
std::string tracker_key(std::initializer_list<std::string_view> texts);

} // namespace delivery
