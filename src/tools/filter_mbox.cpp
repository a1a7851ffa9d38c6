// SPDX-License-Identifier: MIT
// An mbox as a mailbox to filter. With --execute it stays locked until the end: copies are committed one by
// one, then the file is replaced by one without the messages that left.
#include "base/ascii.h"
#include "base/error.h"
#include "base/file.h"
#include "base/io.h"
#include "base/lock.h"
#include "base/unique_name.h"
#include "delivery/mbox_file.h"
#include "mail/header.h"
#include "tools/filter_mailbox.h"
#include "tools/filter_maildir.h"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <fcntl.h>
#include <optional>
#include <sys/stat.h>
#include <unistd.h>

namespace tools {

namespace {

/// `path` has a slash.
std::string directory_of(const std::string& path) {
  return path.substr(0, std::max<std::size_t>(path.rfind('/'), 1));
}

struct Entry {
  std::string_view raw;     // From_ line and all
  std::string_view message; // without it and without the blank line behind
  bool removed = false;
};

/// A message begins at a From_ line at the beginning or behind an empty line.
std::vector<Entry> split_mbox(std::string_view text) {
  std::vector<Entry> entries;
  std::size_t start = text.starts_with("From ") ? 0 : std::string_view::npos;
  while (start != std::string_view::npos) {
    const auto next = text.find("\n\nFrom ", start);
    const auto end = next == std::string_view::npos ? text.size() : next + 2;
    const auto raw = text.substr(start, end - start);
    auto message = raw.substr(std::min(raw.find('\n'), raw.size() - 1) + 1);
    if (message.ends_with("\n\n")) message.remove_suffix(1);
    entries.push_back({raw, message});
    start = next == std::string_view::npos ? next : end;
  }
  return entries;
}

/// mboxrd: one '>' less before `>*From `.
std::string unquoted(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find('\n', at), text.size() - 1) + 1;
    auto line = text.substr(at, end - at);
    const auto from = line.find_first_not_of('>');
    if (from != std::string_view::npos && from > 0 && line.substr(from).starts_with("From "))
      line.remove_prefix(1);
    result += line;
    at = end;
  }
  return result;
}

/// The date of the From_ line, in local time as asctime(3) writes it.
std::int64_t date_of(std::string_view raw) {
  const auto words = base::words(raw.substr(0, raw.find('\n')));
  if (words.size() < 7) return 0;
  const std::string text(words[2].data(), static_cast<std::size_t>(words[6].end() - words[2].begin()));
  std::tm date{};
  date.tm_isdst = -1;
  return strptime(text.c_str(), "%a %b %d %H:%M:%S %Y", &date) == nullptr ? 0 : std::mktime(&date);
}

sieve::Flags flags_of_status(std::string_view message) {
  const auto fields = mail::parse_fields(mail::split_sections(message).header);
  const auto letters = [&](std::string_view name) {
    const auto* field = mail::find_field(fields, name);
    return field == nullptr ? std::string_view() : field->value;
  };
  const auto has = [](std::string_view text, char c) { return text.find(c) != std::string_view::npos; };
  sieve::Flags flags;
  if (has(letters("Status"), 'R')) flags.emplace_back("\\Seen");
  const auto more = letters("X-Status");
  if (has(more, 'A')) flags.emplace_back("\\Answered");
  if (has(more, 'F')) flags.emplace_back("\\Flagged");
  if (has(more, 'T')) flags.emplace_back("\\Draft");
  if (has(more, 'D')) flags.emplace_back("\\Deleted");
  for (const auto word : base::words(letters("X-Keywords"))) flags.emplace_back(word);
  return flags;
}

/// Readers write Status when they have shown a message in their list.
bool is_new(std::string_view message) {
  const auto fields = mail::parse_fields(mail::split_sections(message).header);
  return mail::find_field(fields, "Status") == nullptr;
}

class MboxMessage final : public FilterMessage {
public:
  explicit MboxMessage(const Entry& entry)
      : octets_(unquoted(entry.message)), received_(date_of(entry.raw)) {}
  std::string_view octets() const override { return octets_; }
  std::int64_t received() const override { return received_; }

private:
  const std::string octets_;
  const std::int64_t received_;
};

constexpr std::chrono::seconds touch_interval = base::Dotlock::default_stale / 10;

class Mbox final : public FilterMailbox {
public:
  Mbox(const std::string& path, const RunWorld& world, bool only_new, bool write)
      : path_(path), mailboxes_(*world.mailboxes) {
    if (write)
      lock(world.settings);
    else
      mapped_.emplace(path);
    const std::string_view octets = mapped_ ? mapped_->octets() : std::string_view(read_);
    if (!octets.empty() && !octets.starts_with("From "))
      throw std::runtime_error(path + ": this is no mbox: its first line does not begin with \"From \"");
    for (const auto& entry : split_mbox(octets)) {
      all_.push_back(entry);
      if (!only_new || is_new(entry.message)) wanted_.push_back(all_.size() - 1);
    }
  }

  const delivery::FolderName& folder() const override { return inbox_; }
  bool sets_flags() const override { return false; }
  std::size_t count() const override { return wanted_.size(); }
  std::string name(std::size_t index) const override {
    return path_ + ": message " + std::to_string(wanted_[index] + 1);
  }
  std::unique_ptr<FilterMessage> open(std::size_t index) override {
    return std::make_unique<MboxMessage>(all_[wanted_[index]]);
  }

  bool apply(std::size_t index, const FilterMessage& message, const FilterPlan& plan) override {
    Entry& entry = all_[wanted_[index]];
    keep_locked();
    if (!plan.copies.empty()) store_copies(plan, message, flags_of_status(entry.message), mailboxes_);
    entry.removed = !plan.stays;
    changed_ = changed_ || entry.removed;
    return true;
  }

  void finish() override {
    if (!changed_) return;
    const struct stat status = *base::status_at(AT_FDCWD, path_);
    const std::string temporary = base::unique_name(path_);
    base::Fd file = base::open_file(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600);
    if (fchmod(file.get(), status.st_mode & 07777) != 0 ||
        fchown(file.get(), status.st_uid, status.st_gid) != 0)
      base::throw_errno("owner of " + temporary);
    std::vector<std::string_view> pieces;
    for (const auto& entry : all_)
      if (!entry.removed) pieces.push_back(entry.raw);
    // What somebody has appended who does not honour our locks.
    const auto known = static_cast<off_t>(read_.size());
    const std::string more = locked_->size() > known ? locked_->read(known, locked_->size() - known) : "";
    pieces.push_back(more);
    base::writev_all(file.get(), pieces);
    base::sync_file(file.get(), temporary);
    file.close();
    base::rename_at(AT_FDCWD, temporary, AT_FDCWD, path_);
    base::sync_directory(directory_of(path_));
  }

private:
  /// Read through the locked descriptor: closing another one of this file would give up the fcntl lock.
  void lock(const delivery::Settings& settings) {
    delivery::StoreOptions options;
    options.locks = settings.mbox_locks;
    options.lock_timeout = settings.lock_timeout;
    locked_.emplace(base::open_directory(directory_of(path_)), path_, options);
    read_ = locked_->read(0, locked_->size());
    const auto& locks = settings.mbox_locks;
    has_dotlock_ = std::find(locks.begin(), locks.end(), base::LockMethod::dotlock) != locks.end();
  }

  /// A dotlock that looks forgotten would be taken away.
  void keep_locked() {
    const auto now = std::chrono::steady_clock::now();
    if (!has_dotlock_ || now < next_touch_) return;
    next_touch_ = now + touch_interval;
    utimensat(AT_FDCWD, (path_ + ".lock").c_str(), nullptr, AT_SYMLINK_NOFOLLOW);
  }

  const std::string path_;
  const delivery::FolderName inbox_;
  const delivery::Mailboxes& mailboxes_;
  std::optional<delivery::MboxFile> locked_;
  std::optional<MappedFile> mapped_;
  std::string read_;
  std::vector<Entry> all_;
  std::vector<std::size_t> wanted_; // of all_
  bool changed_ = false;
  bool has_dotlock_ = false;
  std::chrono::steady_clock::time_point next_touch_ = std::chrono::steady_clock::now() + touch_interval;
};

} // namespace

std::unique_ptr<FilterMailbox> open_mbox_file(const std::string& path, const RunWorld& world, bool only_new,
                                              bool write) {
  return std::make_unique<Mbox>(path, world, only_new, write);
}

} // namespace tools
