// SPDX-License-Identifier: MIT
#include "delivery/mbox_found.h"

#include <algorithm>
#include <utility>

namespace delivery {

namespace {

class FoundMbox : public Staged {
public:
  FoundMbox(std::shared_ptr<MboxFile> file, std::string folder, std::size_t size, bool fsync)
      : file_(std::move(file)), folder_(std::move(folder)), size_(size), fsync_(fsync) {}
  void take_back() noexcept override {}
  std::size_t size() const override { return size_; }

private:
  void publish() override {
    if (fsync_) file_->sync();
  }
  std::string folder() const override { return folder_; }

  std::shared_ptr<MboxFile> file_;
  std::string folder_;
  std::size_t size_;
  bool fsync_;
};

/// Every octet is of the announced message: it begins as announced, and no other begins in it, since all our
/// own lines of that kind are quoted.
bool is_of(const Place& place, std::string_view octets) {
  const auto head = std::min(octets.size(), place.head.size());
  if (octets.substr(0, head) != std::string_view(place.head).substr(0, head)) return false;
  const auto own = place.head.find("From "); // behind the empty line that separates it from the one before
  return octets.find("\nFrom ", own) == std::string_view::npos;
}

} // namespace

std::unique_ptr<Staged> find_in_mbox(std::shared_ptr<MboxFile> file, const Place& place,
                                     const FolderName& folder, bool fsync) {
  const off_t size = file->size();
  if (size <= place.offset || place.head.empty()) return nullptr;
  const auto octets = file->read(place.offset, std::min(size - place.offset, place.length));
  if (!is_of(place, octets)) return nullptr;
  const bool last = size <= place.offset + place.length;
  if (!place.complete && last) {
    file->truncate(place.offset);
    return nullptr;
  }
  // A hole where the machine lost what it had not yet written is no message.
  const bool whole = octets.size() == static_cast<std::size_t>(place.length) &&
                     (place.complete || octets.find('\0') == std::string::npos);
  if (!whole) return nullptr;
  return std::make_unique<FoundMbox>(std::move(file), folder.str(), octets.size(), fsync);
}

} // namespace delivery
