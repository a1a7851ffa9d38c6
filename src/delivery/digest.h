// SPDX-License-Identifier: MIT
// SHA-256 (FIPS 180-4), to name records: no sender can make two messages that look like one.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace delivery {

class Digest {
public:
  void add(std::string_view octets);
  /// 64 hexadecimal digits. Call it once.
  std::string finish();

private:
  void block(const unsigned char* octets);
  std::array<std::uint32_t, 8> state_{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                      0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  std::array<unsigned char, 64> buffer_{};
  std::size_t buffered_ = 0;
  std::uint64_t size_ = 0;
};

std::string digest_of(std::string_view octets);

} // namespace delivery
