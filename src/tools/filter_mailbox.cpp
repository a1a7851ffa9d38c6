// SPDX-License-Identifier: MIT
// A folder of a Maildir++ as a mailbox to filter.
#include "tools/filter_mailbox.h"

#include "base/file.h"
#include "delivery/maildir_folder.h"
#include "delivery/transaction.h"
#include "tools/filter_maildir.h"

#include <algorithm>
#include <cerrno>
#include <ctime>
#include <fcntl.h>
#include <set>
#include <sys/stat.h>
#include <system_error>

namespace tools {

namespace {

/// The directory of a folder, which is made if it is not there; the name in either encoding.
std::string folder_directory(const std::string& root, const delivery::FolderName& folder) {
  if (folder.is_inbox()) return root;
  const std::string path = root + "/." + folder.on_disk('.', false);
  const std::string other = root + "/." + folder.on_disk('.', true);
  if (delivery::is_maildir(path, false)) return path;
  if (delivery::is_maildir(other, false)) return other;
  delivery::make_maildir_folder(path);
  delivery::subscribe(root, folder, false);
  return path;
}

class MaildirMessage final : public FilterMessage {
public:
  explicit MaildirMessage(const std::string& path) : file_(path) {}
  std::string_view octets() const override { return file_.octets(); }
  std::int64_t received() const override { return file_.modified(); }

private:
  MappedFile file_;
};

class MaildirFolder final : public FilterMailbox {
public:
  MaildirFolder(const std::string& path, delivery::FolderName folder, const delivery::Mailboxes& mailboxes,
                bool only_new)
      : path_(path), folder_(std::move(folder)), mailboxes_(mailboxes),
        entries_(list_maildir(path, only_new)) {}

  const delivery::FolderName& folder() const override { return folder_; }
  bool sets_flags() const override { return true; }
  std::size_t count() const override { return entries_.size(); }
  std::string name(std::size_t index) const override { return entries_[index].path(folder_.str()); }

  std::unique_ptr<FilterMessage> open(std::size_t index) override {
    for (int tries = 0; tries < 3; ++tries) {
      try {
        return std::make_unique<MaildirMessage>(entries_[index].path(path_));
      } catch (const std::system_error& error) {
        if (error.code().value() != ENOENT) throw;
      }
      const auto found = find_again(entries_[index], path_); // a reader has renamed it
      if (!found) break;
      entries_[index] = *found;
    }
    return nullptr;
  }

  bool apply(std::size_t index, const FilterMessage& message, const FilterPlan& plan) override {
    const auto& entry = entries_[index];
    if (plan.deletes) return remove_message(entry, path_);
    if (plan.moves() && !plan.copies.front().message->edited()) {
      if (const auto moved = try_move(entry, plan.copies.front())) return *moved;
    }
    if (!plan.copies.empty()) store_copies(plan, message, flags_of(entry, path_), mailboxes_);
    if (!plan.stays) return remove_message(entry, path_);
    return plan.flags.empty() || move_file(entry, path_, path_, plan.flags);
  }

  void finish() override {
    for (const auto& path : touched_) {
      base::sync_directory(path + "/new");
      base::sync_directory(path + "/cur");
    }
  }

private:
  /// Nothing if the file itself cannot go there.
  std::optional<bool> try_move(const MaildirEntry& entry, const FilterCopy& copy) {
    const std::string root = mailboxes_.store(copy.folder).quota_root();
    if (root.empty()) return std::nullopt; // an mbox
    try {
      const std::string directory = folder_directory(root, copy.folder);
      const bool moved = move_file(entry, path_, directory, copy.flags);
      touched_.insert({path_, directory});
      return moved;
    } catch (const std::system_error& error) {
      if (error.code().value() != EXDEV) throw;
      return std::nullopt;
    }
  }

  const std::string path_;
  const delivery::FolderName folder_;
  const delivery::Mailboxes& mailboxes_;
  std::vector<MaildirEntry> entries_;
  std::set<std::string> touched_; // whose names have changed
};

std::string maildir_path(const std::string& folder, const std::string& name, const sieve::Flags& flags) {
  const auto letters = letters_in(folder, flags);
  return letters.empty() ? folder + "/new/" + name : folder + "/cur/" + name + ":2," + letters;
}

/// IMAP's INTERNALDATE is the file's; that a reader has renamed it meanwhile costs no more than the date.
void set_time(const std::string& file, std::int64_t seconds) {
  const timespec times[] = {{0, UTIME_NOW}, {seconds, 0}};
  utimensat(AT_FDCWD, file.c_str(), times, AT_SYMLINK_NOFOLLOW);
}

/// Stores write Return-Path themselves at a delivery; here it is the message's own.
std::string trace_of(const mail::EditedMessage& message) {
  const auto* field = mail::find_field(message.fields(), "Return-Path");
  return field == nullptr ? std::string() : std::string(field->raw);
}

} // namespace

void store_copies(const FilterPlan& plan, const FilterMessage& message, const sieve::Flags& own_flags,
                  const delivery::Mailboxes& mailboxes) {
  auto copies = plan.copies;
  std::stable_sort(copies.begin(), copies.end(),
                   [](const auto& a, const auto& b) { return a.folder.str() < b.folder.str(); });
  delivery::Transaction transaction;
  std::vector<std::string> files;
  for (const auto& copy : copies) {
    auto flags = own_flags;
    flags.insert(flags.end(), copy.flags.begin(), copy.flags.end());
    const auto announce = [&](const delivery::Place& place) {
      if (!place.name.empty()) files.push_back(maildir_path(place.path, place.name, flags));
    };
    const delivery::Letter letter{trace_of(*copy.message), copy.message};
    transaction.add(mailboxes.store(copy.folder).stage(letter, copy.folder, flags, announce));
  }
  transaction.commit();
  for (const auto& file : files) set_time(file, message.received());
}

std::unique_ptr<FilterMailbox> open_maildir_folder(const std::string& path, delivery::FolderName folder,
                                                   const delivery::Mailboxes& mailboxes, bool only_new) {
  return std::make_unique<MaildirFolder>(path, std::move(folder), mailboxes, only_new);
}

} // namespace tools
