// SPDX-License-Identifier: MIT
#include "base/spool.h"

#include "base/error.h"
#include "base/file.h"
#include "base/io.h"

#include <functional>
#include <sys/mman.h>
#include <unistd.h>
#include <utility>

namespace base {

Spool::Spool(std::string directory, std::size_t threshold)
    : directory_(std::move(directory)), threshold_(threshold) {}

Spool::~Spool() {
  if (map_ != nullptr) ::munmap(map_, map_size_);
}

void Spool::append(std::string_view octets) {
  if (memory_.size() + octets.size() <= threshold_) {
    memory_.append(octets);
  } else {
    spill();
    // What is large already is not copied once more.
    if (octets.size() < threshold_)
      memory_.assign(octets);
    else
      write_file(octets);
  }
  size_ += octets.size();
  hash_.add(octets);
}

void Spool::spill() {
  if (!file_) file_ = open_unnamed(directory_);
  write_file(memory_);
  memory_.clear();
}

void Spool::write_file(std::string_view octets) { write_all(file_.get(), octets); }

void Spool::finish() {
  if (file_) spill();
}

void Spool::clear() {
  if (map_ != nullptr) ::munmap(std::exchange(map_, nullptr), map_size_);
  file_ = Fd();
  memory_.clear();
  size_ = 0;
  line_ends_ = 0;
  hash_ = SipHash();
}

void Spool::release(std::string_view octets) const {
  const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  const auto map = static_cast<const char*>(map_);
  if (map == nullptr || std::less<const char*>()(octets.data(), map)) return;
  const auto begin = (static_cast<std::size_t>(octets.data() - map) + page - 1) / page * page;
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
