// SPDX-License-Identifier: MIT
#include "base/xxhash.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace base {

namespace {

constexpr std::uint64_t prime1 = 0x9e3779b185ebca87;
constexpr std::uint64_t prime2 = 0xc2b2ae3d27d4eb4f;
constexpr std::uint64_t prime3 = 0x165667b19e3779f9;
constexpr std::uint64_t prime4 = 0x85ebca77c2b2ae63;
constexpr std::uint64_t prime5 = 0x27d4eb2f165667c5;

std::uint64_t word(const char* octets) {
  std::uint64_t value = 0;
  std::memcpy(&value, octets, sizeof value);
  return std::endian::native == std::endian::little ? value : __builtin_bswap64(value);
}

std::uint64_t half_word(const char* octets) {
  std::uint32_t value = 0;
  std::memcpy(&value, octets, sizeof value);
  return std::endian::native == std::endian::little ? value : __builtin_bswap32(value);
}

std::uint64_t round(std::uint64_t lane, std::uint64_t input) {
  return std::rotl(lane + input * prime2, 31) * prime1;
}

std::uint64_t add_rest(std::uint64_t hash, std::string_view rest) {
  for (; rest.size() >= 8; rest.remove_prefix(8))
    hash = std::rotl(hash ^ round(0, word(rest.data())), 27) * prime1 + prime4;
  if (rest.size() >= 4) {
    hash = std::rotl(hash ^ half_word(rest.data()) * prime1, 23) * prime2 + prime3;
    rest.remove_prefix(4);
  }
  for (const unsigned char octet : rest) hash = std::rotl(hash ^ octet * prime5, 11) * prime1;
  return hash;
}

std::uint64_t avalanche(std::uint64_t hash) {
  hash = (hash ^ hash >> 33) * prime2;
  hash = (hash ^ hash >> 29) * prime3;
  return hash ^ hash >> 32;
}

} // namespace

XxHash::XxHash(std::uint64_t seed) : lanes_{seed + prime1 + prime2, seed + prime2, seed, seed - prime1} {}

void XxHash::mix(const char* octets, std::size_t stripes) {
  auto [a, b, c, d] = lanes_; // in registers
  for (; stripes > 0; --stripes, octets += stripe) {
    a = round(a, word(octets));
    b = round(b, word(octets + 8));
    c = round(c, word(octets + 16));
    d = round(d, word(octets + 24));
  }
  lanes_ = {a, b, c, d};
}

void XxHash::add(std::string_view octets) {
  const std::size_t begun = size_ % stripe;
  size_ += octets.size();
  if (begun > 0) {
    const auto take = std::min(octets.size(), stripe - begun);
    std::memcpy(rest_.data() + begun, octets.data(), take);
    octets.remove_prefix(take);
    if (begun + take < stripe) return;
    mix(rest_.data(), 1);
  }
  mix(octets.data(), octets.size() / stripe);
  octets.remove_prefix(octets.size() / stripe * stripe);
  if (!octets.empty()) std::memcpy(rest_.data(), octets.data(), octets.size());
}

std::uint64_t XxHash::value() const {
  const auto& [a, b, c, d] = lanes_;
  std::uint64_t hash = c + prime5; // of what is shorter than a stripe; the third lane is the seed then
  if (size_ >= stripe) {
    hash = std::rotl(a, 1) + std::rotl(b, 7) + std::rotl(c, 12) + std::rotl(d, 18);
    for (const auto lane : lanes_) hash = (hash ^ round(0, lane)) * prime1 + prime4;
  }
  return avalanche(add_rest(hash + size_, {rest_.data(), static_cast<std::size_t>(size_ % stripe)}));
}

} // namespace base
