// SPDX-License-Identifier: MIT
#include "base/siphash.h"

#include "support/catch.h"

using base::SipHash;

namespace {

std::string hex(const std::string& octets) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string text;
  for (const unsigned char octet : octets) {
    text += digits[octet >> 4];
    text += digits[octet & 15];
  }
  return text;
}

std::string counting(std::size_t size) {
  std::string text;
  for (std::size_t i = 0; i < size; ++i) text += static_cast<char>(i);
  return text;
}

std::string hash_of(const std::string& text, std::size_t step) {
  SipHash hash(0x0706050403020100, 0x0f0e0d0c0b0a0908);
  for (std::size_t at = 0; at < text.size(); at += step) hash.add(std::string_view(text).substr(at, step));
  return hex(hash.value());
}

} // namespace

TEST_CASE("SipHash-2-4-128 of the reference code's vectors") {
  CHECK(hash_of("", 1) == "a3817f04ba25a8e66df67214c7550293");
  CHECK(hash_of(counting(1), 1) == "da87c1d86b99af44347659119b22fc45");
}

TEST_CASE("SipHash does not depend on the pieces that octets come in") {
  for (const std::size_t size : {2U, 7U, 8U, 9U, 63U, 64U, 200U})
    for (const std::size_t step : {1U, 3U, 8U, 11U, 64U})
      CHECK(hash_of(counting(size), step) == hash_of(counting(size), size));
  CHECK(hash_of("abcdefgh", 8) != hash_of("abcdefgi", 8));
  CHECK(hash_of(std::string(8, '\0'), 8) != hash_of(std::string(9, '\0'), 8));
}
