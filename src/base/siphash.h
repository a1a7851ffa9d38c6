// SPDX-License-Identifier: MIT
// SipHash-2-4 with 128 bits of output: tells contents apart at the speed of memory, where a cryptographic
// digest would cost more than the delivery. Under a key that is no secret it is not proof against who makes
// two contents that look like one on purpose: for that there is delivery/digest.h.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace base {

class SipHash {
public:
  /// The two halves of the key, little-endian.
  explicit SipHash(std::uint64_t low = 0, std::uint64_t high = 0);
  void add(std::string_view octets);
  /// 16 octets, of all that was added so far. More may be added afterwards.
  std::string value() const;

private:
  using State = std::array<std::uint64_t, 4>;
  static void round(State& v);
  static void word(State& v, std::uint64_t octets);

  State state_;
  std::array<char, 8> rest_{}; // what is no whole word yet
  std::uint64_t size_ = 0;
};

} // namespace base
