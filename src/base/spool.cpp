// SPDX-License-Identifier: MIT
#include "base/spool.h"

#include "base/error.h"
#include "base/file.h"
#include "base/io.h"

#include <algorithm>
#include <functional>
#include <sys/mman.h>
#include <unistd.h>
#include <utility>

namespace base {

Spool::Spool(std::string directory, std::size_t threshold)
    : directory_(std::move(directory)), threshold_(std::max<std::size_t>(threshold, 1)) {}

Spool::~Spool() {
  if (map_ != nullptr) ::munmap(map_, map_size_);
}

void Spool::append(std::string_view octets) {
  const auto all = octets;
  // Full buffers only: a filesystem takes whole pages faster than what begins or ends inside one, and many at
  // a time faster than few.
  while (memory_.size() + octets.size() > threshold_) {
    const auto take = threshold_ - memory_.size();
    remember(octets.substr(0, take));
    octets.remove_prefix(take);
    spill();
  }
  remember(octets);
  size_ += all.size();
  hash_.add(all);
}

void Spool::remember(std::string_view octets) {
  // What does not come all at once may be large: room that is not used costs nothing.
  if (!memory_.empty() && memory_.size() + octets.size() > memory_.capacity()) memory_.reserve(threshold_);
  memory_.append(octets);
}

void Spool::spill() {
  if (!file_) file_ = open_unnamed(directory_);
  write_all(file_.get(), memory_);
  memory_.clear();
}

void Spool::finish() {
  if (file_) spill();
}

void Spool::clear() {
  if (map_ != nullptr) ::munmap(std::exchange(map_, nullptr), map_size_);
  file_ = Fd();
  memory_.clear();
  size_ = 0;
  line_ends_ = 0;
  hash_ = XxHash();
}

void Spool::release(std::string_view octets) const {
  const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  const auto map = static_cast<const char*>(map_);
  if (map == nullptr || std::less<const char*>()(octets.data(), map)) return;
  const auto begin = static_cast<std::size_t>(octets.data() - map) / page * page;
  const auto end = static_cast<std::size_t>(octets.data() - map + octets.size()) / page * page;
  if (end > map_size_ || begin >= end) return;
  ::madvise(static_cast<char*>(map_) + begin, end - begin,
            MADV_DONTNEED); // a hint: its failure costs memory only
}

std::string_view Spool::view() const {
  if (!file_) return memory_;
  if (map_ == nullptr) {
    void* map = ::mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, file_.get(), 0);
    if (map == MAP_FAILED) throw_errno("mmap of the spooled message");
    map_ = map;
    map_size_ = size_;
  }
  return {static_cast<const char*>(map_), map_size_};
}

} // namespace base
