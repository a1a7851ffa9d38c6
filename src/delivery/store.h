// SPDX-License-Identifier: MIT
// Where mail lies. A delivery is staged in every folder first, then committed in every folder:
//
//   auto staged = store.stage(letter, folder, flags);   // on the disk, but not to be seen
//   Delivered done = staged->commit();                  // seen
//
// Everything throws std::system_error or Failure; what was staged and not committed is undone by the
// destructor.
#pragma once

#include "base/lock.h"
#include "delivery/content.h"
#include "delivery/folder_name.h"
#include "delivery/place.h"
#include "sieve/action.h"

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <sys/types.h>
#include <utility>

namespace delivery {

/// The proof that a message lies in a mailbox for good. Nothing but Staged::commit() makes one.
class Delivered {
public:
  const std::string& where() const { return where_; } // the folder, for the log

private:
  friend class Staged;
  explicit Delivered(std::string where) : where_(std::move(where)) {}
  std::string where_;
};

class Staged {
public:
  Staged() = default;
  Staged(const Staged&) = delete;
  Staged& operator=(const Staged&) = delete;
  virtual ~Staged() = default;

  /// Makes the message seen and its name durable. When it throws, nothing is seen.
  Delivered commit() {
    publish();
    return Delivered(folder());
  }
  /// After commit(): makes it unseen again, because another folder's commit failed. Best effort; logs.
  virtual void take_back() noexcept = 0;
  /// Octets that it adds to the store, for the quota.
  virtual std::size_t size() const = 0;

private:
  virtual void publish() = 0;
  virtual std::string folder() const = 0;
};

/// What all stores of a delivery need.
struct StoreOptions {
  std::string hostname;
  bool fsync = true;
  bool unnamed_files = true; // stage in files without a name (O_TMPFILE) where the filesystem has them
  bool utf8_names = false;
  bool make_parents = false; // the INBOX's parent directories too
  std::string sender;        // for the From_ line of an mbox, as RFC 5321 writes it; empty: <>
  std::vector<base::LockMethod> locks{base::LockMethod::fcntl, base::LockMethod::dotlock};
  std::chrono::milliseconds lock_timeout{60000}; // for all locks of a delivery together
  std::optional<gid_t> mail_group;
  std::string home; // the user's, where mail_group does not count
};

class Store {
public:
  virtual ~Store() = default;
  /// May mail be filed there without making it? The INBOX always.
  virtual bool exists(const FolderName& folder) const = 0;
  /// A folder that does not exist is made, subscriptions and all. `announce` is told the place before
  /// anything can be seen there, and for an mbox again when all of it is on the disk.
  virtual std::unique_ptr<Staged> stage(const Letter& letter, const FolderName& folder,
                                        const sieve::Flags& flags, const Announce& announce = {}) = 0;
  /// The copy that an earlier attempt left at that place; its commit() makes it durable, taking it back
  /// leaves it there. Null if it is not there (any more). What the attempt left half done is undone.
  virtual std::unique_ptr<Staged> find(const Place& place, const FolderName& folder) = 0;
  /// The folders by their ids (RFC 9042), those without one left out.
  virtual std::map<std::string, FolderName> folder_ids() const { return {}; }
  /// The directory of a Maildir++ that maildirsize counts, or empty.
  virtual std::string quota_root() const { return {}; }
  /// Octets in the mailbox, for stores that maildirsize does not count; 0 if it does not exist.
  virtual std::uint64_t folder_size(const FolderName&) const { return 0; }
};

/// A Maildir++: `root` is the INBOX, the folders are directories ".A.B" in it.
std::unique_ptr<Store> open_maildir(std::string root, StoreOptions options);
/// `inbox` is a file, `folders` the directory of the other files. Either may be empty when another store
/// serves it.
std::unique_ptr<Store> open_mbox(std::string inbox, std::string folders, StoreOptions options);

} // namespace delivery
