// SPDX-License-Identifier: MIT
// The record of intent: what a delivery is about to make visible, written down before it does, removed once
// the client has its reply. An attempt that was killed in between leaves it, and the retry of the same
// message for the same recipient finishes what was begun instead of beginning again.
//
// Files 0, 1, ... in ~/.lastmile/intent/, as many as there were deliveries for the user at the same moment.
// Each holds one record, which begins with a key (who, what and from whom), or nothing; its writer has it
// locked as long as it lives. The record of an attempt that lives says nothing, since the same octets may be
// sent twice on purpose. It is a convenience: whatever goes wrong with it is logged, and costs no mail.
//
// The files stay. To make and remove one for each delivery is dear: ext4 gives the inode of a removed file to
// nobody for some seconds, and looks at all of those before it finds one.
#pragma once

#include "base/fd.h"
#include "delivery/place.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace delivery {

struct Job;

/// Of the octets as they came, recipient, ORCPT, sender and the client's queue id where it told one.
std::string intent_key(const Job& job);

class Intent {
public:
  /// Looks for what an earlier attempt left for that key. `now` in seconds since 1970. Does not throw.
  Intent(std::string home, std::string_view key, std::int64_t now);

  /// What the earlier attempt announced; of a place that it announced more than once, the last.
  const std::vector<Place>& places() const { return places_; }
  /// It had announced all its copies.
  bool ready() const { return ready_; }
  /// There is a record, an earlier attempt's or our own.
  bool is_written() const { return written_; }
  /// Nothing of it is to be found any more: this attempt begins anew.
  void forget();

  /// Notes a place. That of an mbox is written at once, since the octets become visible next.
  void note(const Place& place);
  /// All copies are noted: before the first commit. With `durable` the record survives a power cut.
  void commit(bool durable);
  /// The client has its reply: the record is no more.
  void remove();

private:
  void open(bool make);
  void look_through(bool make);
  bool look_at(base::Fd file, const std::string& name);
  void parse(std::string_view record, std::string_view places);
  void cut(off_t size);
  void write(bool durable);
  void safely(const char* what, const std::function<void()>& action);

  std::string home_, head_; // what our record begins with
  std::int64_t now_;
  base::Fd directory_; // none: not there (yet)
  std::vector<Place> places_;
  bool ready_ = false;
  bool usable_ = true; // false: it cannot be written
  bool written_ = false;
  base::Fd file_; // locked: our record is there, or will be
  std::string name_;
  std::string pending_; // noted, not yet written
};

} // namespace delivery
