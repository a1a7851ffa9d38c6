// SPDX-License-Identifier: MIT
// Structure built to be slow or deep, messages cut anywhere, and noise: everything is read, nothing breaks. A
// reader with a quadratic step would take minutes here.
#include "mail/encoded_word.h"
#include "mail/line_ends.h"
#include "samples.h"
#include "support/catch.h"

#include <random>

using namespace mail;

namespace {

std::string repeated(std::string_view unit, std::size_t count) {
  std::string text;
  text.reserve(unit.size() * count);
  for (std::size_t i = 0; i < count; ++i) text += unit;
  return text;
}

std::size_t depth(const Part& part) {
  std::size_t deepest = 0;
  for (const auto& child : part.children) deepest = std::max(deepest, depth(*child));
  return deepest + 1;
}

} // namespace

TEST_CASE("nesting stops at its limit") {
  std::string multiparts;
  for (int i = 0; i < 20000; ++i) {
    multiparts += "Content-Type: multipart/mixed; boundary=b" + std::to_string(i) + "\n\n--b" +
                  std::to_string(i) + "\n";
  }
  const auto root = parse_part(multiparts);
  CHECK(depth(*root) == 100);
  const Part* deepest = root.get();
  while (!deepest->children.empty()) deepest = deepest->children[0].get();
  CHECK(deepest->media_type() == "application/octet-stream");
  const auto messages = repeated("Content-Type: message/rfc822\n\n", 100000);
  CHECK(depth(*parse_part(messages)) == 100);
  PartLimits limits;
  limits.depth = 3;
  CHECK(depth(*parse_part(messages, limits)) == 3);
}

TEST_CASE("parts stop at their limit, the last one takes the rest") {
  const std::string head = "Content-Type: multipart/mixed; boundary=b\n\n";
  for (const std::string_view unit : {"--b\n", "--b\n\n", "--b\nA: 1\n\nx\n"}) {
    const auto text = head + repeated(unit, 100000) + "--b--\n";
    const auto root = parse_part(text);
    CHECK(test::count_parts(*root) == 10000);
    CHECK(root->children.back()->octets.size() > text.size() / 2);
    CHECK(root->children.back()->octets.data() + root->children.back()->octets.size() ==
          text.data() + text.size());
    CHECK(root->epilogue.empty());
  }
  PartLimits limits;
  limits.parts = 1;
  const auto text = head + "--b\n\nx\n--b--\n";
  const auto alone = parse_part(text, limits);
  CHECK(alone->media_type() == "application/octet-stream");
  CHECK(alone->body == "--b\n\nx\n--b--\n");
}

TEST_CASE("fields stop at their limit") {
  const auto text = repeated("A: 1\n", 100000) + "\nbody";
  const auto root = parse_part(text);
  CHECK(root->fields.size() == 10000);
  CHECK(root->body == "body");
  std::string many = "Content-Type: multipart/mixed; boundary=b\n\n";
  for (int i = 0; i < 50; ++i) many += "--b\n" + repeated("a:\n", 5000) + "\n";
  std::size_t fields = 0;
  test::for_each_part(*parse_part(many), [&](const Part& part) { fields += part.fields.size(); });
  CHECK(fields <= 100001);
}

TEST_CASE("lines that look like delimiters of a hundred open multiparts") {
  std::string text;
  for (int i = 10; i < 108; ++i) {
    text += "Content-Type: multipart/mixed; boundary=b" + std::to_string(i) + "\n\n--b" + std::to_string(i) +
            "\n";
  }
  text += "\n" + repeated("--\n--bXX\n", 100000) + repeated("\n", 300000) + repeated("-", 300000);
  CHECK(depth(*parse_part(text)) == 99);
  CHECK(test::read_all(text) > 0);
}

TEST_CASE("encoded words without end") {
  for (const std::string_view unit :
       {"=?", "=?utf-8?q?", "=?utf-8?q?a?= ", "=?utf-8?b?YQ==?=", "=?x?q?a?=", "?=",
        "=?utf-8?q?=E2?= =?gbk?q?=81?=", "=?iso-2022-jp?q?a?= =?koi8-r?q?a?= ", "=?utf-8?q?a"}) {
    const auto text = repeated(unit, 1000000 / unit.size() * 4);
    CHECK(decode_encoded_words(text).size() <= text.size() * 3);
  }
  CHECK(decode_encoded_words(repeated("=?utf-8?q?a?= ", 1000000)).size() == 1000001);
}

TEST_CASE("headers without end") {
  for (const std::string_view unit : {"\n ", " ", ":", "a:\n b", "a", "\r", "\n\r"}) {
    const auto text = "A: 1" + repeated(unit, 500000);
    CHECK(test::read_all(text) >= text.size());
  }
}

TEST_CASE("every message cut at every octet, LF and CRLF") {
  for (const auto& name : test::message_names) {
    for (const bool crlf : {false, true}) {
      const auto text = crlf ? to_crlf(test::message(name)) : test::message(name);
      for (std::size_t length = 0; length <= text.size(); ++length) {
        const std::string cut =
            text.substr(0, length); // a copy of its own, so that a sanitizer sees every overrun
        if (test::read_all(cut) < cut.size()) FAIL(name << " cut at " << length);
      }
    }
  }
}

TEST_CASE("random octets, and messages with random octets in them") {
  std::mt19937 random(42);
  const std::string_view letters = "-=?:;()\"\\<>&'*%\r\n\t aA0bq./";
  for (int i = 0; i < 2000; ++i) {
    std::string text;
    if (i % 2) {
      text = test::message(test::message_names[random() % test::message_names.size()]);
      for (int k = 0; k < 20; ++k) text[random() % text.size()] = letters[random() % letters.size()];
    } else {
      text.resize(random() % 400);
      for (auto& c : text) c = i % 4 ? static_cast<char>(random()) : letters[random() % letters.size()];
    }
    if (test::read_all(text) < text.size()) FAIL("sum of " << i);
  }
}
