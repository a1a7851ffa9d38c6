// SPDX-License-Identifier: MIT
// XXH64 (the xxHash specification, version 0.1.1): tells contents apart at the speed of memory, where a
// cryptographic digest would cost more than the delivery. It is no proof against who makes two contents that
// look like one on purpose: for that there is delivery/digest.h.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace base {

class XxHash {
public:
  explicit XxHash(std::uint64_t seed = 0);
  void add(std::string_view octets);
  /// Of all that was added so far. More may be added afterwards.
  std::uint64_t value() const;

private:
  static constexpr std::size_t stripe = 32; // octets, a word for each lane
  void mix(const char* octets, std::size_t stripes);

  std::array<std::uint64_t, 4> lanes_;
  std::array<char, stripe> rest_; // what is no whole stripe yet: size_ % stripe of them
  std::uint64_t size_ = 0;
};

} // namespace base
