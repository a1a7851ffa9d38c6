// SPDX-License-Identifier: MIT
#include "delivery/intent.h"

#include "base/ascii.h"
#include "base/error.h"
#include "base/fcntl_lock.h"
#include "base/file.h"
#include "base/io.h"
#include "delivery/attempt.h"
#include "delivery/job.h"
#include "delivery/tracker.h"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace delivery {

namespace {

constexpr const char* kind = "intent";
constexpr std::int64_t kept_for = 7 * 86400; // longer than any queue tries
constexpr std::size_t longest_record = 4 << 20;
constexpr unsigned most_tries = 5;
constexpr unsigned most_files = 100; // deliveries for one user at the same moment, and what others left

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

Intent::Intent(std::string home, std::string_view key, std::int64_t now)
    : home_(std::move(home)), head_(tracker_key({key})), now_(now) {
  safely("a record of intent cannot be read", [&] { open(false); });
}

void Intent::safely(const char* what, const std::function<void()>& action) {
  if (usable_ && !attempt(what, action)) usable_ = false;
}

/// Once more when a file, or the directory, was removed while we looked.
void Intent::open(bool make) {
  for (unsigned tries = most_tries; tries > 0; --tries) {
    try {
      if (!directory_) {
        auto directory = open_state(home_, kind, make);
        if (!directory) return;
        directory_ = std::move(*directory);
      }
      return look_through(make);
    } catch (const std::system_error& error) {
      if (tries == 1 || !means_removed(error.code().value())) throw;
    }
    file_ = base::Fd();
    directory_ = base::Fd();
  }
}

/// All of them, for our record may be behind one that is free; but for a free one only until it is found.
void Intent::look_through(bool make) {
  constexpr int flags = O_RDWR | O_APPEND | O_NOFOLLOW | O_NONBLOCK;
  for (unsigned number = 0; number < most_files; ++number) {
    const auto name = std::to_string(number);
    std::optional<base::Fd> file;
    if (make)
      file = base::open_at(directory_.get(), name, flags | O_CREAT, 0600);
    else
      file = base::open_if_exists_at(directory_.get(), name, flags);
    if (!file || look_at(std::move(*file), name) || (make && file_)) return;
  }
}

/// True if the earlier attempt's record is in it. A file that holds nothing, or what nobody came back for, is
/// kept for our own.
bool Intent::look_at(base::Fd file, const std::string& name) {
  if (base::set_fcntl_lock(file.get(), F_WRLCK) != 0) return false; // of an attempt that lives
  const auto status = base::status_of(file.get());
  if (!S_ISREG(status.st_mode) || status.st_nlink != 1) return false;
  const auto record = status.st_size == 0 ? "" : base::read_all(file.get(), longest_record);
  std::string_view places = record;
  const bool whole = next_text(places).has_value();
  const bool ours = record.starts_with(head_);
  const bool free = !whole || status.st_mtime < now_ - kept_for;
  if (!ours && (!free || file_)) return false;
  file_ = std::move(file);
  name_ = name;
  if (ours)
    parse(record, places);
  else if (!record.empty())
    cut(0);
  return ours;
}

void Intent::parse(std::string_view record, std::string_view places) {
  written_ = true;
  while (const auto place = next_place(places)) {
    ready_ = place->folder.empty();
    if (ready_) continue;
    std::erase_if(places_, [&](const Place& earlier) { return same(earlier, *place); });
    places_.push_back(*place);
  }
  if (!places.empty()) cut(static_cast<off_t>(record.size() - places.size()));
}

void Intent::cut(off_t size) {
  if (ftruncate(file_.get(), size) != 0) base::throw_errno("truncate " + name_);
}

void Intent::forget() {
  places_.clear();
  ready_ = false;
  if (!std::exchange(written_, false)) return;
  safely("a record of intent cannot be written", [&] { cut(0); });
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
  if (!file_) open(true);
  if (!file_) return; // too many have one
  if (!std::exchange(written_, true)) pending_.insert(0, head_);
  base::write_all(file_.get(), pending_);
  pending_.clear();
  if (!durable) return;
  base::sync_file(file_.get(), name_);
  base::sync_directory(directory_.get(), name_);
}

void Intent::remove() {
  if (!std::exchange(written_, false)) return;
  if (ftruncate(file_.get(), 0) == 0) return;
  safely("a record of intent cannot be removed", [&] { base::remove_at(directory_.get(), name_); });
}

} // namespace delivery
