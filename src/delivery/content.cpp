// SPDX-License-Identifier: MIT
#include "delivery/content.h"

#include "base/ascii.h"
#include "base/io.h"
#include "mail/line_ends.h"

#include <algorithm>
#include <functional>
#include <unistd.h>

namespace delivery {

namespace {

/// What may be read once more, and stay in memory.
constexpr std::size_t little = 64 * 1024;

/// How much is written at a time. Mapped pages cost as much memory, and are let go after it.
constexpr std::size_t window = 1 << 20;

/// To where the next window begins in the file: a filesystem takes whole pages, and many at once, in two
/// thirds of the time that it needs for those which begin and end inside one.
std::size_t room_in_window(int fd) {
  const auto position = ::lseek(fd, 0, SEEK_CUR);
  return position < 0 ? window : window - static_cast<std::size_t>(position) % window;
}

bool is_named(const mail::Field& field, std::span<const std::string_view> names) {
  return std::any_of(names.begin(), names.end(),
                     [&](std::string_view name) { return base::equal_ignoring_case(field.name, name); });
}

/// The message itself where nothing has to go, else a copy that shares its octets.
std::shared_ptr<const mail::EditedMessage> without(const std::shared_ptr<const mail::EditedMessage>& message,
                                                   std::span<const std::string_view> names) {
  const auto& fields = message->fields();
  const auto named = [&](const mail::Field& field) { return is_named(field, names); };
  if (std::none_of(fields.begin(), fields.end(), named)) return message;
  auto copy = std::make_shared<mail::EditedMessage>(*message);
  for (std::size_t i = copy->fields().size(); i-- > 0;)
    if (named(copy->fields()[i])) copy->erase_field(i);
  return copy;
}

} // namespace

Content::Content(const Letter& letter, std::span<const std::string_view> dropped,
                 const std::string& more_front)
    : message_(without(letter.message, dropped)), spool_(letter.spool) {
  if (std::string front = letter.front + more_front; !front.empty()) pieces_.push_back(own(std::move(front)));
  const auto body = message_->pieces();
  pieces_.insert(pieces_.end(), body.begin(), body.end());
}

std::string_view Content::own(std::string text) {
  owned_.push_back(std::make_unique<const std::string>(std::move(text)));
  return *owned_.back();
}

std::size_t Content::size() const {
  std::size_t size = 0;
  for (const auto piece : pieces_) size += piece.size();
  return size;
}

std::size_t Content::crlf_size() const {
  std::size_t line_ends = 0;
  char before = '\0';
  for (const auto piece : pieces_) {
    if (const auto known = line_ends_at_spools_end(piece)) {
      line_ends += *known;
      before = piece.back();
      continue;
    }
    for (auto at = piece.find('\n'); at != std::string_view::npos; at = piece.find('\n', at + 1))
      if ((at > 0 ? piece[at - 1] : before) != '\r') ++line_ends;
    if (!piece.empty()) before = piece.back();
  }
  return size() + line_ends;
}

std::optional<std::size_t> Content::line_ends_at_spools_end(std::string_view piece) const {
  if (!in_spool_file(piece)) return std::nullopt;
  const auto all = spool_->view();
  const auto front = all.substr(0, all.size() - piece.size());
  if (piece.data() + piece.size() != all.data() + all.size() || front.size() > little ||
      front.ends_with('\r'))
    return std::nullopt;
  return spool_->crlf_size() - spool_->size() - (mail::crlf_size(front) - front.size());
}

bool Content::in_spool_file(std::string_view piece) const {
  if (!spool_ || spool_->fd() < 0) return false;
  const auto all = spool_->view();
  const std::less_equal<const char*> not_after;
  return not_after(all.data(), piece.data()) &&
         not_after(piece.data() + piece.size(), all.data() + all.size());
}

void Content::release(std::string_view piece) const {
  if (in_spool_file(piece)) spool_->release(piece);
}

void Content::write_to(int fd) const {
  if (size() <= window) return base::writev_all(fd, pieces_);
  Pieces pending;
  std::size_t room = room_in_window(fd);
  for (auto piece : pieces_) {
    for (; piece.size() >= room; room = window) {
      pending.push_back(piece.substr(0, room));
      piece.remove_prefix(room);
      base::writev_all(fd, pending);
      release_all(pending);
      pending.clear();
    }
    room -= piece.size();
    if (!piece.empty()) pending.push_back(piece);
  }
  base::writev_all(fd, pending);
}

void Content::release_all(const Pieces& pieces) const {
  const char* begin = nullptr;
  const char* end = nullptr;
  for (const auto piece : pieces) {
    if (!in_spool_file(piece)) continue;
    if (begin == nullptr) begin = piece.data();
    end = piece.data() + piece.size();
  }
  if (begin < end) spool_->release({begin, static_cast<std::size_t>(end - begin)});
}

} // namespace delivery
