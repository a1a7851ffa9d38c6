// SPDX-License-Identifier: MIT
// mbox: staged by appending to the file while it is locked, so that nobody sees it; committed by keeping it;
// undone by truncating to the old length. Locks are held until the delivery is over. Cost does not depend on
// the mailbox's size.
#include "base/error.h"
#include "base/file.h"
#include "base/io.h"
#include "delivery/attempt.h"
#include "delivery/errors.h"
#include "delivery/maildir_name.h"
#include "delivery/mbox_file.h"
#include "delivery/mbox_found.h"
#include "delivery/mbox_from_line.h"
#include "delivery/mbox_quote.h"
#include "delivery/store.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <fcntl.h>
#include <map>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace delivery {

namespace {

/// Mail readers trust these; what a sender wrote there must not count.
constexpr std::string_view dropped_fields[] = {"Return-Path", "Status", "X-Status",
                                               "X-UID",       "X-IMAP", "X-IMAPbase",
                                               "X-Keywords",  "X-UIDL", "Content-Length"};

/// "Status: RO\n" and "X-Status: AF\n" as c-client, mutt and Dovecot write them; empty without flags.
std::string status_fields(const sieve::Flags& flags) {
  if (flags.empty()) return {};
  const std::string letters = maildir_flags(flags, {});
  const auto has = [&](char c) { return letters.find(c) != std::string::npos; };
  std::string result = has('S') ? "Status: RO\n" : "Status: O\n";
  std::string x_status;
  for (const auto& [maildir, mbox] : {std::pair{'R', 'A'}, {'F', 'F'}, {'D', 'T'}, {'T', 'D'}})
    if (has(maildir)) x_status += mbox;
  if (!x_status.empty()) result += "X-Status: " + x_status + "\n";
  std::string keywords;
  for (const auto& keyword : keywords_among(flags)) keywords += " " + keyword;
  if (!keywords.empty() && keywords.find_first_of("\r\n") == std::string::npos)
    result += "X-Keywords:" + keywords + "\n";
  return result;
}

class StagedMbox : public Staged {
public:
  StagedMbox(std::shared_ptr<MboxFile> file, const FolderName& folder)
      : file_(std::move(file)), folder_(folder.str()), old_size_(file_->size()) {}

  /// Not in the constructor: only a whole object undoes what it did when this throws.
  void write(const Letter& letter, const sieve::Flags& flags, const StoreOptions& options,
             const Announce& announce) {
    Content content(letter, dropped_fields, status_fields(flags));
    quote_mbox(content);
    frame(content, options);
    auto place = place_of(content);
    if (announce) announce(place);
    undo_ = true;
    file_->append(content, options.fsync);
    size_ = static_cast<std::size_t>(file_->size() - old_size_);
    place.complete = true;
    if (announce) announce(place);
  }

  ~StagedMbox() override {
    if (undo_) take_back();
  }

  std::size_t size() const override { return size_; }

  void take_back() noexcept override {
    undo_ = false;
    attempt("an mbox could not be truncated to its old length", [&] { file_->truncate(old_size_); });
  }

private:
  Place place_of(const Content& content) const {
    Place place;
    place.path = file_->path();
    place.offset = old_size_;
    place.length = static_cast<off_t>(content.size());
    for (const auto piece : content.pieces())
      place.head += piece.substr(0, Place::longest_head - place.head.size());
    return place;
  }

  /// The From_ line in front; at the end a line end if none is there, and the empty line.
  void frame(Content& content, const StoreOptions& options) {
    auto pieces = content.pieces();
    const bool ends_line = !pieces.empty() && pieces.back().back() == '\n';
    pieces.push_back(ends_line ? "\n" : "\n\n");
    std::string front = file_->separator(old_size_) + mbox_from_line(options.sender, time(nullptr));
    pieces.insert(pieces.begin(), content.own(std::move(front)));
    content.set_pieces(std::move(pieces));
  }

  void publish() override {
    undo_ = false;
  } // the octets are on the disk; the locks go with the last owner of file_
  std::string folder() const override { return folder_; }

  std::shared_ptr<MboxFile> file_;
  std::string folder_;
  off_t old_size_;
  std::size_t size_ = 0;
  bool undo_ = false;
};

class MboxStore : public Store {
public:
  MboxStore(std::string inbox, std::string folders, StoreOptions options)
      : inbox_(std::move(inbox)), folders_(std::move(folders)), options_(std::move(options)) {}

  bool exists(const FolderName& folder) const override {
    if (folder.is_inbox()) return true;
    const auto status = base::status_at(AT_FDCWD, path_of(folder));
    return status && S_ISREG(status->st_mode);
  }

  std::unique_ptr<Staged> stage(const Letter& letter, const FolderName& folder, const sieve::Flags& flags,
                                const Announce& announce) override {
    auto staged = std::make_unique<StagedMbox>(open(folder), folder);
    staged->write(letter, flags, options_, announce);
    return staged;
  }

  std::unique_ptr<Staged> find(const Place& place, const FolderName& folder) override {
    if (!place.name.empty() || place.path != path_of(folder)) return nullptr;
    if (!base::status_at(AT_FDCWD, place.path)) return nullptr;
    return find_in_mbox(open(folder), place, folder, options_.fsync);
  }

  std::uint64_t folder_size(const FolderName& folder) const override {
    const auto status = base::status_at(AT_FDCWD, path_of(folder));
    return status ? static_cast<std::uint64_t>(status->st_size) : 0;
  }

private:
  std::string path_of(const FolderName& folder) const {
    if (folder.is_inbox()) return inbox_;
    return folders_ + "/" + folder.on_disk('/', options_.utf8_names);
  }

  /// Two copies of one delivery in one mailbox share its file: the second could not lock it against the
  /// first.
  std::shared_ptr<MboxFile> open(const FolderName& folder) {
    const std::string path = path_of(folder);
    if (auto known = open_[path].lock()) return known;
    StoreOptions options = options_;
    options.lock_timeout = time_left();
    options.mail_group = spool_group(path, options_.home, options_.mail_group);
    auto file = std::make_shared<MboxFile>(directory_of(folder), path, options);
    open_[path] = file;
    return file;
  }

  /// Counted from when nothing was locked: mailboxes that others have locked must not add up to more than a
  /// delivery has.
  std::chrono::milliseconds time_left() {
    const auto now = std::chrono::steady_clock::now();
    const auto is_closed = [](const auto& entry) { return entry.second.expired(); };
    if (std::all_of(open_.begin(), open_.end(), is_closed)) wait_until_ = now + options_.lock_timeout;
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(wait_until_ - now);
    return std::max(left, std::chrono::milliseconds(0));
  }

  /// Links lead to where the mailboxes are, if the user wants so, but not from there to elsewhere. Only to be
  /// gone through: a confined child may not read the INBOX's directory.
  base::Fd directory_of(const FolderName& folder) const {
    const std::string top =
        folder.is_inbox() ? inbox_.substr(0, std::max<std::size_t>(inbox_.rfind('/'), 1)) : folders_;
    constexpr int flags = O_PATH | O_DIRECTORY;
    auto there = base::open_if_exists(top, flags);
    if (!there && (!folder.is_inbox() || options_.make_parents)) base::make_directories(top, 0700);
    base::Fd directory = there ? std::move(*there) : base::open_file(top, flags);
    const std::string below = folder.is_inbox() ? "" : folder.on_disk('/', options_.utf8_names);
    const auto slash = below.rfind('/');
    if (slash == std::string::npos) return directory;
    auto found = base::open_directory_beneath(directory.get(), below.substr(0, slash), 0700);
    return std::move(*found);
  }

  std::string inbox_, folders_;
  StoreOptions options_;
  std::map<std::string, std::weak_ptr<MboxFile>> open_;
  std::chrono::steady_clock::time_point wait_until_;
};

} // namespace

std::unique_ptr<Store> open_mbox(std::string inbox, std::string folders, StoreOptions options) {
  return std::make_unique<MboxStore>(std::move(inbox), std::move(folders), std::move(options));
}

} // namespace delivery
