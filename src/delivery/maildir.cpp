// SPDX-License-Identifier: MIT
// Maildir++: staged as a file that no name leads to yet (O_TMPFILE, or a name in tmp/ where the filesystem
// has no such files), seen once linked into new/ or cur/. Two fsyncs: the file when it is staged, the
// directory when it is committed.
#include "base/error.h"
#include "base/file.h"
#include "base/log.h"
#include "base/unique_name.h"
#include "delivery/attempt.h"
#include "delivery/courier_keywords.h"
#include "delivery/keywords.h"
#include "delivery/maildir_folder.h"
#include "delivery/maildir_found.h"
#include "delivery/maildir_id.h"
#include "delivery/maildir_name.h"
#include "delivery/store.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace delivery {

namespace {

/// X-UIDL is trusted by POP servers, Return-Path is written by the last mile alone (RFC 5321 section 4.4).
constexpr std::string_view dropped_fields[] = {"Return-Path", "X-UIDL"};

class StagedMaildir : public Staged {
public:
  StagedMaildir(const FolderName& folder, std::string path, const StoreOptions& options)
      : folder_(folder.str()), path_(std::move(path)), options_(options), is_inbox_(folder.is_inbox()) {}

  /// False where the folder or what belongs into it is not there. To look before would be four calls more.
  bool open(const sieve::Flags& flags) {
    auto directory = base::open_if_exists(path_, O_RDONLY | O_DIRECTORY | (is_inbox_ ? 0 : O_NOFOLLOW));
    if (!directory) return false;
    directory_ = std::move(*directory);
    opened_ = flags.empty() ? "new" : "cur";
    auto target = open_subdirectory(opened_);
    if (target) target_ = std::move(*target);
    return target && create();
  }

  /// After open(). Not in the constructor: only a whole object undoes what it did when this throws.
  void write(const Letter& letter, const sieve::Flags& flags, const Announce& announce) {
    const Content content(letter, dropped_fields);
    content.write_to(file_.get());
    if (options_.fsync) base::sync_file(file_.get(), path_ + "/tmp");
    const auto status = base::status_of(file_.get());
    size_ = content.size();
    device_ = status.st_dev;
    inode_ = status.st_ino;
    if (status.st_size != static_cast<off_t>(size_))
      base::throw_errno(EIO, "short file in " + path_ + "/tmp");
    name_ = maildir_name(options_.hostname, {status.st_dev, status.st_ino, size_, content.crlf_size()});
    const auto keywords = keywords_among(flags);
    courier_.emplace(directory_.get(), name_, keywords);
    const bool written = courier_->written();
    suffix_ = maildir_flags(flags, written ? "" : keyword_letters(directory_.get(), path_, keywords));
    if (!temporary_.empty()) file_.close(); // on NFS the last write may fail only here
    sweep_maildir_sometimes(directory_.get(), path_);
    if (!announce) return;
    Place place;
    place.path = path_;
    place.name = name_;
    announce(place);
  }

  ~StagedMaildir() override {
    if (!temporary_.empty()) unlinkat(tmp_.get(), temporary_.c_str(), 0);
  }

  std::size_t size() const override { return size_; }

  void take_back() noexcept override {
    courier_->keep(false);
    attempt("a message could not be taken back", [&] {
      if (!base::remove_at(target_.get(), published_)) remove_renamed();
      if (options_.fsync) base::sync_directory(target_.get(), path_);
    });
  }

private:
  std::optional<base::Fd> open_subdirectory(const char* name) const {
    return base::open_if_exists_at(directory_.get(), name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
  }

  bool create() {
    if (options_.unnamed_files) {
      const int fd = openat(directory_.get(), "tmp", O_TMPFILE | O_NOFOLLOW | O_RDWR | O_CLOEXEC, 0600);
      file_ = base::Fd(fd);
      if (fd >= 0 && (naming_ = base::naming_of(fd, directory_.get())) != base::Naming::impossible)
        return true;
      if (fd < 0 && errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL && errno != ENOENT)
        base::throw_errno("create a file in " + path_ + "/tmp");
    }
    auto tmp = open_subdirectory("tmp");
    if (!tmp) return false;
    tmp_ = std::move(*tmp);
    const std::string name = base::unique_name("lastmile");
    file_ = base::open_at(tmp_.get(), name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, 0600);
    temporary_ = name;
    return true;
  }

  void publish() override {
    const std::string subdirectory = suffix_.empty() ? "new" : "cur";
    if (subdirectory != opened_) // no flag could be kept
      target_ = base::open_at(directory_.get(), subdirectory, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
    published_ = suffix_.empty() ? name_ : name_ + ":2," + suffix_;
    link_to(published_);
    courier_->keep(true);
    if (!options_.fsync) return;
    try {
      base::sync_directory(target_.get(), path_ + "/" + subdirectory);
    } catch (const std::system_error&) { // seen but not durable is no commit
      unlinkat(target_.get(), published_.c_str(), 0);
      courier_->keep(false);
      throw;
    }
  }

  void link_to(const std::string& name) {
    const int error = temporary_.empty() ? base::name_file(file_.get(), naming_, target_.get(), name)
                                         : link_temporary(name);
    if (error != 0 && !is_published_as(name)) base::throw_errno(error, "link into " + path_);
    if (temporary_.empty()) return;
    unlinkat(tmp_.get(), temporary_.c_str(), 0); // of a renamed file there is nothing left to remove
    temporary_.clear();
  }

  int link_temporary(const std::string& name) const {
    if (linkat(tmp_.get(), temporary_.c_str(), target_.get(), name.c_str(), 0) == 0) return 0;
    if (errno != EPERM && errno != EOPNOTSUPP && errno != EMLINK && errno != ENOSYS) return errno;
    // No hard links there; the name is unique.
    return renameat(tmp_.get(), temporary_.c_str(), target_.get(), name.c_str()) == 0 ? 0 : errno;
  }

  /// A network filesystem may have lost the answer to a link() that was done.
  bool is_published_as(const std::string& name) const {
    const auto seen = base::status_at(target_.get(), name);
    return seen && seen->st_ino == inode_ && seen->st_dev == device_;
  }

  /// A reader may have moved it to cur/ or given it flags meanwhile.
  void remove_renamed() const {
    const base::Fd cur = base::open_at(directory_.get(), "cur", O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
    if (const auto name = find_with_flags(cur.get(), name_)) base::remove_at(cur.get(), *name);
  }

  std::string folder_, path_;
  const StoreOptions& options_; // the store's, which outlives what it stages
  bool is_inbox_;
  const char* opened_ = ""; // which one target_ is
  base::Fd directory_, tmp_, target_, file_;
  base::Naming naming_ = base::Naming::impossible; // of file_, when it has no name
  std::string temporary_;                          // the name in tmp/ while there is one
  std::string name_, suffix_, published_;
  std::size_t size_ = 0;
  dev_t device_ = 0;
  ino_t inode_ = 0;
  std::optional<CourierKeywords> courier_;

  std::string folder() const override { return folder_; }
};

class MaildirStore : public Store {
public:
  MaildirStore(std::string root, StoreOptions options)
      : root_(std::move(root)), options_(std::move(options)) {}

  bool exists(const FolderName& folder) const override {
    return folder.is_inbox() || is_maildir(path_of(folder), false);
  }

  std::unique_ptr<Staged> stage(const Letter& letter, const FolderName& folder, const sieve::Flags& flags,
                                const Announce& announce) override {
    const std::string path = path_of(folder);
    auto staged = std::make_unique<StagedMaildir>(folder, path, options_);
    if (!staged->open(flags)) {
      make(folder, path);
      if (!staged->open(flags)) base::throw_errno(ENOENT, "open " + path);
    }
    staged->write(letter, flags, announce);
    return staged;
  }

  std::unique_ptr<Staged> find(const Place& place, const FolderName& folder) override {
    if (place.name.empty() || place.path != path_of(folder)) return nullptr;
    return find_in_maildir(place, folder, options_.fsync);
  }

  std::map<std::string, FolderName> folder_ids() const override {
    std::map<std::string, FolderName> ids;
    const auto add = [&](const FolderName& folder) {
      attempt("a folder has no id", [&] {
        for (const auto& id : maildir_ids(path_of(folder), folder.is_inbox())) ids.emplace(id, folder);
      });
    };
    if (is_maildir(root_, true)) add({});
    for (const auto& folder : maildir_folders(root_)) add(folder);
    return ids;
  }

  std::string quota_root() const override { return root_; }

private:
  void make(const FolderName& folder, const std::string& path) {
    if (!is_maildir(root_, true)) make_maildir(root_, options_.make_parents);
    if (folder.is_inbox()) return;
    make_maildir_folder(path);
    attempt("a new folder has no id", [&] { maildir_ids(path, false); });
    attempt("a new folder is not subscribed to", [&] { subscribe(root_, folder, options_.utf8_names); });
  }

  /// The name in the site's encoding, unless the folder is there in the other one.
  std::string path_of(const FolderName& folder) const {
    if (folder.is_inbox()) return root_;
    const std::string path = root_ + "/." + folder.on_disk('.', options_.utf8_names);
    const std::string other = root_ + "/." + folder.on_disk('.', !options_.utf8_names);
    return other != path && !is_maildir(path, false) && is_maildir(other, false) ? other : path;
  }

  std::string root_;
  StoreOptions options_;
};

} // namespace

std::unique_ptr<Store> open_maildir(std::string root, StoreOptions options) {
  return std::make_unique<MaildirStore>(std::move(root), std::move(options));
}

} // namespace delivery
