// SPDX-License-Identifier: MIT
#include "lmtp/data.h"

#include "base/spool.h"
#include "support/catch.h"

#include <random>

using lmtp::ChunkDecoder;
using lmtp::DataDecoder;

namespace {

struct Decoded {
  std::string message;
  std::string rest; // behind the final dot
  bool end = false;
  std::uint64_t octets = 0;
  std::size_t line_ends = 0;
  bool operator==(const Decoded&) const = default;
};

/// Reads as a connection does: what was not consumed is there again, with `step` octets more.
Decoded decode(std::string_view input, std::size_t first, std::size_t step) {
  DataDecoder decoder;
  Decoded result;
  std::size_t begin = 0;
  for (std::size_t size = std::min(first, input.size());; size = std::min(size + step, input.size())) {
    const auto [consumed, end] = decoder.decode(input.substr(begin, size - begin), result.message);
    begin += consumed;
    result.end = end;
    if (end || size == input.size()) break;
    REQUIRE(size - begin <= 2);
  }
  result.rest = input.substr(begin);
  result.octets = decoder.octets();
  result.line_ends = decoder.take_line_ends();
  return result;
}

/// The rule octet by octet, to judge the fast one.
Decoded slowly(std::string_view input) {
  Decoded result;
  std::size_t i = 0;
  for (bool line_start = true; i < input.size();) {
    const auto rest = input.substr(i);
    if (line_start && rest.starts_with(".\r\n"))
      return result.end = true, result.rest = rest.substr(3), result;
    if (line_start && rest.front() == '.') {
      line_start = false;
      ++i;
    } else if (rest.starts_with("\r\n")) {
      result.line_ends += result.message.empty() || result.message.back() != '\r';
      result.message += '\n';
      result.octets += 2;
      line_start = true;
      i += 2;
    } else {
      result.line_ends += rest.front() == '\n' && (result.message.empty() || result.message.back() != '\r');
      result.message += rest.front();
      ++result.octets;
      line_start = false;
      ++i;
    }
  }
  return result;
}

std::string chunked(std::string_view input, std::size_t cut) {
  ChunkDecoder decoder;
  std::string output;
  decoder.decode(input.substr(0, cut), output);
  decoder.decode(input.substr(cut), output);
  decoder.finish(output);
  return output;
}

} // namespace

TEST_CASE("the final dot") {
  struct Case {
    std::string_view input, message;
    bool end;
  };
  const Case cases[] = {
      {".\r\n", "", true},
      {"\r\n.\r\n", "\n", true},
      {"a\r\n.\r\n", "a\n", true},
      {"a\r\n..\r\n.\r\n", "a\n.\n", true},
      {"..a\r\n.b\r\n...\r\n.\r\n", ".a\nb\n..\n", true},
      {"a\n.\r\n", "a\n.\n", false},
      {"a\r\n.\nb\r\n", "a\n\nb\n", false},
      {"a\r.\r\n", "a\r.\n", false},
      {"a\r\n.\rb\r\n", "a\n\rb\n", false},
      {"a\n.\n", "a\n.\n", false},
      {"a\r.\r", "a\r.", false}, // the CR waits for what follows
      {"a\r\r\n.\r\n", "a\r\n", true},
      {"a\r\n.\r\r\n.\r\n", "a\n\r\n", true},
      {"a\r\n\r.\r\n.\r\n", "a\n\r.\n", true},
      {std::string_view("a\r\n\0.\r\n.\r\n", 11), std::string_view("a\n\0.\n", 5), true},
  };
  for (const Case& c : cases) {
    const auto result = decode(c.input, c.input.size(), 1);
    INFO(std::string(c.input));
    CHECK(result.message == c.message);
    CHECK(result.end == c.end);
  }
}

TEST_CASE("what follows the final dot is not touched") {
  CHECK(decode("a\r\n.\r\nQUIT\r\n", 100, 1).rest == "QUIT\r\n");
}

TEST_CASE("every split gives the same message") {
  const std::string_view input =
      "Subject: x\r\n\r\n..dot\r\n.\n\r.\r\r\n\n.\r.\r\na.b\r\n...\r\n.\r\nQUIT\r\n";
  const auto expected = slowly(input);
  CHECK(expected.end);
  for (std::size_t first = 0; first <= input.size(); ++first) {
    CHECK(decode(input, first, input.size()) == expected);
    CHECK(decode(input, first, 1) == expected);
  }
}

TEST_CASE("random octets agree with the rule read octet by octet") {
  std::mt19937 random(5321);
  for (int round = 0; round < 20000; ++round) {
    std::string input;
    for (auto size = random() % 24; size > 0; --size) input += "\r\n.a"[random() % 4];
    input += "z\r\n.\r\nnext";
    INFO(input);
    CHECK(decode(input, random() % input.size(), 1 + random() % 5) == slowly(input));
  }
}

TEST_CASE("the CRLF size is exact") {
  const auto result = decode("a\r\nb\nc\r\r\n.\r\n", 100, 1);
  CHECK(result.message == "a\nb\nc\r\n");
  CHECK(result.line_ends == 2); // the LF behind a CR needs none
  CHECK(result.octets == 9);
}

TEST_CASE("chunks convert line ends wherever they are cut") {
  const std::string_view input = "a\r\n.\r\n\r\r\n\nb\r.\r\n\r";
  for (std::size_t cut = 0; cut <= input.size(); ++cut) CHECK(chunked(input, cut) == "a\n.\n\r\n\nb\r.\n\r");
  CHECK(chunked("", 0).empty());
}
