// SPDX-License-Identifier: MIT
// Case and UTF-8 of texts of any length: both are done in blocks with a rest.
#include "base/ascii.h"
#include "base/utf8.h"
#include "support/catch.h"

#include <string>

namespace {

std::string all_octets() {
  std::string text;
  for (int octet = 0; octet < 256; ++octet) text += static_cast<char>(octet);
  return text;
}

} // namespace

TEST_CASE("upper and lower map ASCII letters and nothing else, at any length") {
  const std::string all = all_octets();
  for (std::size_t begin = 0; begin < 40; ++begin) {
    for (std::size_t length = 0; begin + length <= all.size(); ++length) {
      const std::string text = all.substr(begin, length);
      const std::string upper = base::upper(text), lower = base::lower(text);
      bool right = upper.size() == length && lower.size() == length;
      for (std::size_t i = 0; right && i < length; ++i)
        right = upper[i] == base::to_upper(text[i]) && lower[i] == base::to_lower(text[i]);
      if (!right) FAIL("from " << begin << ", " << length << " octets");
    }
  }
  CHECK(base::upper("caf\xc3\xa9 [a]{z}") == "CAF\xc3\xa9 [A]{Z}");
}

TEST_CASE("one wrong octet anywhere makes it no UTF-8") {
  for (std::size_t length = 1; length < 40; ++length) {
    const std::string ascii(length, 'a');
    CHECK(base::is_utf8(ascii));
    for (std::size_t at = 0; at < length; ++at) {
      std::string text = ascii;
      text[at] = '\xe9';
      if (base::is_utf8(text)) FAIL("wrong octet at " << at << " of " << length);
      text.replace(at, 1, "\xe2\x82\xac");
      if (!base::is_utf8(text)) FAIL("euro sign at " << at << " of " << length);
      if (base::is_utf8(text.substr(0, at + 2))) FAIL("half a euro sign at " << at);
    }
  }
  CHECK(base::is_utf8(""));
  CHECK_FALSE(base::is_utf8("12345678\xc0\x80"));
  CHECK_FALSE(base::is_utf8("\xed\xa0\x80"));
}
