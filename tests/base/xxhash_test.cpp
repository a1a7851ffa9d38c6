// SPDX-License-Identifier: MIT
#include "base/xxhash.h"

#include "support/catch.h"

using base::XxHash;

namespace {

std::string counting(std::size_t size) {
  std::string text;
  for (std::size_t i = 0; i < size; ++i) text += static_cast<char>(i % 251);
  return text;
}

std::uint64_t hash_of(std::string_view text, std::size_t step, std::uint64_t seed = 0) {
  XxHash hash(seed);
  for (; text.size() > step; text.remove_prefix(step)) hash.add(text.substr(0, step));
  hash.add(text);
  return hash.value();
}

} // namespace

TEST_CASE("XXH64 as xxhsum(1) says it") {
  struct Case {
    std::size_t size; // of counting()
    std::uint64_t hash;
  };
  const Case cases[] = {
      {0, 0xef46db3751d8e999},   {1, 0xe934a84adb052768},    {3, 0xe5c7bb4533bc65dd},
      {4, 0xffced8604453cc1e},   {7, 0x14cc643f630c72d2},    {8, 0x884a173614b81b8d},
      {12, 0x424af23f1f08dca5},  {31, 0xc346d2b59b4d8ee1},   {32, 0xcbf59c5116ff32b4},
      {33, 0x0c535d1acafb8ead},  {63, 0xe26aa9e2a95f8e4f},   {100, 0x6ac1e58032166597},
      {256, 0xf33944343ee85824}, {1000, 0xf306f04aa88b54d3},
  };
  for (const Case& c : cases) {
    INFO(c.size);
    CHECK(hash_of(counting(c.size), 1000) == c.hash);
  }
  CHECK(hash_of("abc", 3) == 0x44bc2cf5ad770999);
}

TEST_CASE("XXH64 does not depend on the pieces that octets come in") {
  for (const std::size_t size : {2U, 7U, 8U, 31U, 32U, 33U, 63U, 64U, 200U})
    for (const std::size_t step : {1U, 3U, 8U, 31U, 32U, 33U, 64U})
      CHECK(hash_of(counting(size), step) == hash_of(counting(size), size));
}

TEST_CASE("XXH64 tells contents, lengths and seeds apart") {
  CHECK(hash_of("abcdefgh", 8) != hash_of("abcdefgi", 8));
  CHECK(hash_of(std::string(64, '\0'), 64) != hash_of(std::string(65, '\0'), 65));
  CHECK(hash_of("abc", 3, 1) != hash_of("abc", 3));
}
