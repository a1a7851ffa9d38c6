// SPDX-License-Identifier: MIT
#include "mail/compose.h"
#include "mail/header.h"
#include "support/catch.h"

using namespace mail;

namespace {

std::size_t longest_line(std::string_view text) {
  std::size_t longest = 0;
  for (std::size_t at = 0; at <= text.size();) {
    const auto end = std::min(text.find('\n', at), text.size());
    longest = std::max(longest, end - at);
    at = end + 1;
  }
  return longest;
}

} // namespace

TEST_CASE("encode_unstructured") {
  CHECK(encode_unstructured("") == "");
  CHECK(encode_unstructured("plain ASCII (text)") == "plain ASCII (text)");
  CHECK(encode_unstructured("one\r\nBcc: two\ttab") == "one  Bcc: two\ttab");
  CHECK(encode_unstructured("nur gr\303\274n hier") == "nur =?utf-8?q?gr=C3=BCn?= hier");
  CHECK(encode_unstructured("\303\266 \303\266  x") == "=?utf-8?b?w7Ygw7Y=?=  x");
  CHECK(encode_unstructured("\377") == "=?utf-8?b?77+9?=");
}

TEST_CASE("encode_unstructured: what is encoded reads back, word by word no longer than 75") {
  std::string text;
  for (int i = 0; i < 200; ++i) text += i % 3 ? "\346\227\245\346\234\254 " : "a\303\274\342\202\254b ";
  text += "end  of\tit";
  const auto encoded = encode_unstructured(text);
  CHECK(decode_header(encoded) == text);
  for (std::size_t at = 0; at < encoded.size();) {
    const auto end = std::min(encoded.find(' ', at), encoded.size());
    CHECK(end - at <= 75);
    at = end + 1;
  }
}

TEST_CASE("encode_phrase") {
  CHECK(encode_phrase("") == "");
  CHECK(encode_phrase("Anna Example") == "Anna Example");
  CHECK(encode_phrase("Example, Anna") == "\"Example, Anna\"");
  CHECK(encode_phrase("A \"B\" \\") == "\"A \\\"B\\\" \\\\\"");
  CHECK(encode_phrase("two  blanks") == "\"two  blanks\"");
  CHECK(encode_phrase("=?utf-8?q?x?=") == "\"=?utf-8?q?x?=\"");
  CHECK(encode_phrase("J\303\274rgen, X") == "=?utf-8?q?J=C3=BCrgen=2C_X?=");
  CHECK(encode_phrase("evil\r\nBcc: x") == "\"evil  Bcc: x\"");
}

TEST_CASE("fold_field folds at blanks and keeps every octet") {
  CHECK(fold_field("Subject", "short") == "Subject: short");
  CHECK(fold_field("X", "") == "X: ");
  std::string value;
  for (int i = 0; i < 60; ++i) value += "word" + std::to_string(i) + (i % 7 ? " " : "   ");
  const auto folded = fold_field("Subject", value, "\r\n");
  CHECK(longest_line(folded) <= 79); // with its CR
  CHECK(unfold(folded) == "Subject: " + value);
  CHECK(folded.find("\n \r") == std::string::npos);
}

TEST_CASE("fold_field: no line over 998 octets, no line end from the value") {
  const auto folded = fold_field("X", std::string(5000, 'a'));
  CHECK(longest_line(folded) <= 998);
  CHECK(longest_line(fold_field("X", std::string(5000, '\200'))) <= 998);
  std::string wide;
  for (int i = 0; i < 2000; ++i) wide += "\342\202\254";
  const auto cut = fold_field("X", wide);
  CHECK(longest_line(cut) <= 998);
  CHECK(cut.find("\342\n") == std::string::npos);
  CHECK(fold_field("X", "a\r\nBcc: b") == "X: a  Bcc: b");
}

TEST_CASE("Message-IDs and boundaries differ") {
  const auto id = make_message_id("mx.example.org");
  CHECK(id.front() == '<');
  CHECK(id.ends_with("@mx.example.org>"));
  CHECK(id != make_message_id("mx.example.org"));
  const auto boundary = make_boundary("text");
  CHECK(boundary.size() <= 70);
  CHECK(boundary != make_boundary("text"));
}
