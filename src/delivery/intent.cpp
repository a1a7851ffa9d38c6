// SPDX-License-Identifier: MIT
#include "delivery/intent.h"

#include "base/ascii.h"
#include "base/error.h"
#include "base/file.h"
#include "base/io.h"
#include "delivery/attempt.h"
#include "delivery/digest.h"
#include "delivery/job.h"
#include "delivery/tracker.h"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

namespace delivery {

namespace {

const std::string kind = "intent";
const std::string spare = "spare";           // no digest
constexpr std::int64_t kept_for = 7 * 86400; // longer than any queue tries
constexpr std::chrono::milliseconds no_wait{0};
constexpr std::chrono::milliseconds until_its_last_user_ends{100};
constexpr std::size_t longest_record = 4 << 20;
constexpr unsigned most_tries = 5;

/// Said of an open file too, by cluster filesystems.
bool means_removed(int error) { return error == ENOENT || error == ESTALE; }

/// A place without a folder says that all are noted.
std::string text_of(const Place& place) {
  return tracker_key({place.folder, std::to_string(place.number), place.path, place.name,
                      std::to_string(place.offset), std::to_string(place.length), place.head,
                      place.complete ? "1" : "0"});
}

constexpr std::size_t texts_of_place = 8;

/// One text of what tracker_key() made; nothing if it is not whole.
std::optional<std::string_view> next_text(std::string_view& record) {
  const auto colon = record.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const auto length = base::parse_number(record.substr(0, colon));
  if (!length || *length > record.size() - colon - 1) return std::nullopt;
  const auto text = record.substr(colon + 1, *length);
  record.remove_prefix(colon + 1 + *length);
  return text;
}

off_t number_in(std::string_view text) { return static_cast<off_t>(base::parse_number(text).value_or(0)); }

/// Nothing at the end, or where a write was cut short; then `record` is what is left.
std::optional<Place> next_place(std::string_view& record) {
  std::array<std::string_view, texts_of_place> texts;
  auto rest = record;
  for (auto& text : texts) {
    const auto next = next_text(rest);
    if (!next) return std::nullopt;
    text = *next;
  }
  record = rest;
  Place place;
  place.folder = texts[0];
  place.number = static_cast<unsigned>(number_in(texts[1]));
  place.path = texts[2];
  place.name = texts[3];
  place.offset = number_in(texts[4]);
  place.length = number_in(texts[5]);
  place.head = texts[6];
  place.complete = texts[7] == "1";
  return place;
}

bool same(const Place& a, const Place& b) { return a.folder == b.folder && a.number == b.number; }

} // namespace

std::string intent_key(const Job& job) {
  return tracker_key({job.spool.fingerprint(), job.recipient.address.str(), job.recipient.orcpt, job.sender(),
                      job.envelope.client.queue_id});
}

Intent::Intent(std::string home, std::string_view key) : home_(std::move(home)), name_(digest_of(key)) {
  safely("a record of intent cannot be read", [&] {
    open(false);
    if (is_written()) read();
  });
}

void Intent::safely(const char* what, const std::function<void()>& action) {
  if (usable_ && !attempt(what, action)) usable_ = false;
}

/// Once more when the record, or its directory, was removed while we looked.
void Intent::open(bool make) {
  for (unsigned tries = most_tries; tries > 0; --tries) {
    try {
      if (!find(make) || lock(make ? until_its_last_user_ends : no_wait)) return;
    } catch (const std::system_error& error) {
      if (tries == 1 || !means_removed(error.code().value())) throw;
    }
    lock_.reset();
    file_ = base::Fd();
    directory_ = base::Fd();
  }
  usable_ = false;
}

bool Intent::find(bool make) {
  constexpr int flags = O_RDWR | O_APPEND | O_NOFOLLOW | O_NONBLOCK;
  if (!directory_) {
    auto directory = open_state(home_, kind, make);
    if (!directory) return false;
    directory_ = std::move(*directory);
  }
  if (make) {
    base::rename_unless_taken(directory_.get(), spare, name_); // another attempt may have made it meanwhile
    file_ = base::open_at(directory_.get(), name_, flags | O_CREAT, 0600);
  } else if (auto file = base::open_if_exists_at(directory_.get(), name_, flags))
    file_ = std::move(*file);
  return static_cast<bool>(file_);
}

/// False when it has just been removed. That of an attempt that lives is not for us to use.
bool Intent::lock(std::chrono::milliseconds patience) {
  auto lock = base::FileLock::acquire(file_.get(), name_, {base::LockMethod::fcntl}, patience);
  usable_ = lock.has_value();
  if (!lock) return true;
  lock_.emplace(std::move(*lock));
  const auto own = base::status_of(file_.get());
  const auto named = base::status_at(directory_.get(), name_);
  if (!named || named->st_ino != own.st_ino || named->st_dev != own.st_dev) return false;
  usable_ = own.st_nlink == 1;
  empty_ = own.st_size == 0;
  return true;
}

/// What begins with another name is an earlier message's: a power cut undid that it was emptied.
void Intent::read() {
  const std::string record = base::read_all(file_.get(), longest_record);
  std::string_view rest = record;
  const auto head = next_text(rest);
  has_head_ = head && *head == name_;
  if (!has_head_) return make_empty();
  while (const auto place = next_place(rest)) {
    ready_ = place->folder.empty();
    if (ready_) continue;
    std::erase_if(places_, [&](const Place& earlier) { return same(earlier, *place); });
    places_.push_back(*place);
  }
  if (!rest.empty()) cut(static_cast<off_t>(record.size() - rest.size()));
}

void Intent::cut(off_t size) {
  if (ftruncate(file_.get(), size) != 0) base::throw_errno("truncate " + name_);
}

void Intent::make_empty() {
  cut(0);
  empty_ = true;
  has_head_ = false;
}

void Intent::forget() {
  places_.clear();
  ready_ = false;
  if (file_) safely("a record of intent cannot be written", [&] { make_empty(); });
}

void Intent::note(const Place& place) {
  pending_ += text_of(place);
  if (place.name.empty()) safely("a record of intent cannot be written", [&] { write(false); });
}

void Intent::commit(bool durable) {
  pending_ += text_of({});
  safely("a record of intent cannot be written", [&] { write(durable); });
}

void Intent::write(bool durable) {
  if (!file_) {
    open(true);
    if (usable_ && !empty_) make_empty(); // whatever a spare one holds is not this attempt's
  }
  if (!usable_) return;
  if (!std::exchange(has_head_, true)) pending_.insert(0, tracker_key({name_}));
  base::write_all(file_.get(), pending_);
  pending_.clear();
  if (!durable) return;
  base::sync_file(file_.get(), name_);
  base::sync_directory(directory_.get(), name_);
}

void Intent::remove(std::int64_t now) {
  if (!is_written()) return;
  safely("a record of intent cannot be removed", [&] {
    const int directory = directory_.get(); // a spare record is empty: the same octets may come once more
    if (ftruncate(file_.get(), 0) != 0 || renameat(directory, name_.c_str(), directory, spare.c_str()) != 0)
      base::remove_at(directory, name_);
  });
  if (name_.ends_with("00")) // one in 256
    safely("records of intent cannot be cleaned", [&] { Tracker(home_, kind).clean(now - kept_for); });
}

} // namespace delivery
