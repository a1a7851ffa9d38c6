// SPDX-License-Identifier: MIT
#include "delivery/maildir_found.h"

#include "base/error.h"
#include "base/file.h"
#include "delivery/maildir_folder.h"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

namespace delivery {

namespace {

class FoundMaildir : public Staged {
public:
  FoundMaildir(std::string folder, std::string path, base::Fd directory, std::size_t size, bool fsync)
      : folder_(std::move(folder)), path_(std::move(path)), directory_(std::move(directory)), size_(size),
        fsync_(fsync) {}
  void take_back() noexcept override {}
  std::size_t size() const override { return size_; }

private:
  void publish() override {
    if (fsync_) base::sync_directory(directory_.get(), path_);
  }
  std::string folder() const override { return folder_; }

  std::string folder_, path_;
  base::Fd directory_;
  std::size_t size_;
  bool fsync_;
};

} // namespace

std::optional<std::string> find_with_flags(int directory, const std::string& name) {
  const std::unique_ptr<DIR, int (*)(DIR*)> entries(
      fdopendir(base::open_at(directory, ".", O_RDONLY | O_DIRECTORY).release()), closedir);
  if (!entries) base::throw_errno("read a directory");
  while (const dirent* entry = readdir(entries.get())) {
    const std::string_view found = entry->d_name;
    if (found.starts_with(name) && (found.size() == name.size() || found[name.size()] == ':'))
      return std::string(found);
  }
  return std::nullopt;
}

std::unique_ptr<Staged> find_in_maildir(const Place& place, const FolderName& folder, bool fsync) {
  if (!is_maildir(place.path, folder.is_inbox())) return nullptr;
  const base::Fd maildir = open_maildir_folder(place.path, folder.is_inbox());
  for (const auto* subdirectory : {"new", "cur"}) { // in this order: readers move from the one to the other
    auto fd = base::open_at(maildir.get(), subdirectory, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
    const auto name = find_with_flags(fd.get(), place.name);
    const auto status = name ? base::status_at(fd.get(), *name) : std::nullopt;
    if (status)
      return std::make_unique<FoundMaildir>(folder.str(), place.path + "/" + subdirectory, std::move(fd),
                                            static_cast<std::size_t>(status->st_size), fsync);
  }
  return nullptr;
}

} // namespace delivery
