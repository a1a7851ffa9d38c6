// SPDX-License-Identifier: MIT
// The record of intent: what a delivery is about to make visible, written down before it does, removed once
// the client has its reply. An attempt that was killed in between leaves it, and the retry of the same
// message for the same recipient finishes what was begun instead of beginning again.
//
// One file in ~/.lastmile/intent/, named by a digest of who, what and from whom, locked as long as its writer
// lives: the record of an attempt that lives says nothing, since the same octets may be sent twice on
// purpose. It is a convenience: whatever goes wrong with it is logged, and costs no mail.
//
// A record that is done with is kept, empty and under another name, and becomes the next one. To make and
// remove a file for each delivery is dear: ext4 gives the inode of a removed file to nobody for five seconds,
// and looks at all of those before it finds one.
#pragma once

#include "base/fd.h"
#include "base/lock.h"
#include "delivery/place.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace delivery {

struct Job;

/// Of the octets as they came, recipient, ORCPT, sender and the client's queue id where it told one.
std::string intent_key(const Job& job);

class Intent {
public:
  /// Looks for what an earlier attempt left. Does not throw.
  Intent(std::string home, std::string_view key);

  /// What the earlier attempt announced; of a place that it announced more than once, the last.
  const std::vector<Place>& places() const { return places_; }
  /// It had announced all its copies.
  bool ready() const { return ready_; }
  /// There is a record, an earlier attempt's or our own.
  bool is_written() const { return lock_.has_value(); }
  /// Nothing of it is to be found any more: this attempt begins anew.
  void forget();

  /// Notes a place. That of an mbox is written at once, since the octets become visible next.
  void note(const Place& place);
  /// All copies are noted: before the first commit. With `durable` the record survives a power cut.
  void commit(bool durable);
  /// The client has its reply. The record is no more, nor are those that nobody came back for (as of `now`,
  /// seconds since 1970).
  void remove(std::int64_t now);

private:
  void open(bool make);
  bool find(bool make);
  bool lock(std::chrono::milliseconds patience);
  void read();
  void cut(off_t size);
  void make_empty();
  void write(bool durable);
  void safely(const char* what, const std::function<void()>& action);

  std::string home_, name_;
  base::Fd directory_; // none: not there (yet)
  std::vector<Place> places_;
  bool ready_ = false;
  bool usable_ = true; // false: another attempt's, or it cannot be written
  base::Fd file_;
  std::optional<base::FileLock> lock_;
  bool empty_ = true;     // the file, when it was locked
  bool has_head_ = false; // it begins with its name
  std::string pending_;   // noted, not yet written
};

} // namespace delivery
