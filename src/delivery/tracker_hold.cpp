// SPDX-License-Identifier: MIT
#include "delivery/tracker_hold.h"

#include "base/ascii.h"
#include "base/back_off.h"
#include "base/error.h"
#include "base/fcntl_lock.h"
#include "base/file.h"
#include "base/log.h"
#include "delivery/attempt.h"
#include "delivery/digest.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <string_view>

namespace delivery {

namespace {

/// Two keys share an octet once in 2^60: then one waits for the other.
off_t octet_of(const std::string& key) {
  const std::string digest = digest_of(key);
  off_t octet = 0;
  for (const char digit : std::string_view(digest).substr(0, 15)) octet = octet * 16 + base::hex_value(digit);
  return octet;
}

} // namespace

void TrackerHold::take(const std::string& key) {
  attempt("a tracker cannot be locked", [&] {
    if (!file_) {
      constexpr int flags = O_WRONLY | O_CREAT | O_NOFOLLOW | O_NONBLOCK;
      file_ = base::open_at(open_state(home_, kind_, true)->get(), ".lock", flags, 0600);
    }
    if (!wait_for(octet_of(key)))
      base::log(base::LogLevel::warning, "another delivery holds a tracker for long", {{"tracker", kind_}});
  });
}

bool TrackerHold::wait_for(off_t octet) {
  const auto begin = std::chrono::steady_clock::now();
  base::BackOff back_off(patience_);
  bool taken = false;
  do {
    taken = base::set_fcntl_lock(file_.get(), F_WRLCK, octet, 1) == 0;
    if (!taken && !base::is_lock_contention(errno)) base::throw_errno("lock ~/.lastmile/" + kind_);
  } while (!taken && back_off.wait());
  const auto waited =
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin);
  patience_ -= std::min(waited, patience_);
  return taken;
}

void TrackerHold::release() { file_ = base::Fd(); }

} // namespace delivery
