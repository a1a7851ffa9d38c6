// SPDX-License-Identifier: MIT
// Aumasson and Bernstein, "SipHash: a fast short-input PRF" (2012); the 128-bit output is that of their
// reference code.
#include "base/siphash.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace base {

namespace {

std::uint64_t little_endian(const char* octets) {
  std::uint64_t word = 0;
  std::memcpy(&word, octets, sizeof word);
  return std::endian::native == std::endian::little ? word : __builtin_bswap64(word);
}

void append(std::string& text, std::uint64_t word) {
  for (int shift = 0; shift < 64; shift += 8) text += static_cast<char>(word >> shift);
}

} // namespace

SipHash::SipHash(std::uint64_t low, std::uint64_t high)
    : state_{low ^ 0x736f6d6570736575, high ^ 0x646f72616e646f6d ^ 0xee, low ^ 0x6c7967656e657261,
             high ^ 0x7465646279746573} {}

inline void SipHash::round(State& v) {
  v[0] += v[1];
  v[2] += v[3];
  v[1] = std::rotl(v[1], 13) ^ v[0];
  v[3] = std::rotl(v[3], 16) ^ v[2];
  v[0] = std::rotl(v[0], 32);
  v[2] += v[1];
  v[0] += v[3];
  v[1] = std::rotl(v[1], 17) ^ v[2];
  v[3] = std::rotl(v[3], 21) ^ v[0];
  v[2] = std::rotl(v[2], 32);
}

inline void SipHash::word(State& v, std::uint64_t octets) {
  v[3] ^= octets;
  round(v);
  round(v);
  v[0] ^= octets;
}

void SipHash::add(std::string_view octets) {
  std::size_t begun = size_ % rest_.size();
  size_ += octets.size();
  if (begun > 0) {
    const auto take = std::min(octets.size(), rest_.size() - begun);
    std::memcpy(rest_.data() + begun, octets.data(), take);
    octets.remove_prefix(take);
    begun += take;
    if (begun < rest_.size()) return;
    word(state_, little_endian(rest_.data()));
  }
  State v = state_; // in registers
  for (; octets.size() >= rest_.size(); octets.remove_prefix(rest_.size()))
    word(v, little_endian(octets.data()));
  state_ = v;
  if (!octets.empty()) std::memcpy(rest_.data(), octets.data(), octets.size());
}

std::string SipHash::value() const {
  State v = state_;
  std::array<char, 8> last{};
  std::memcpy(last.data(), rest_.data(), size_ % rest_.size());
  word(v, little_endian(last.data()) | size_ << 56);
  std::string result;
  const auto finish = [&] {
    for (int i = 0; i < 4; ++i) round(v);
    append(result, v[0] ^ v[1] ^ v[2] ^ v[3]);
  };
  v[2] ^= 0xee;
  finish();
  v[1] ^= 0xdd;
  finish();
  return result;
}

} // namespace base
