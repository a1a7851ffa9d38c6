// SPDX-License-Identifier: MIT
#include "mail/compose.h"
#include "mail/line_ends.h"
#include "mail/transfer_encoding.h"
#include "support/catch.h"

#include <random>

using namespace mail;

TEST_CASE("base64") {
  CHECK(decode_base64("") == "");
  CHECK(decode_base64("Zg==") == "f");
  CHECK(decode_base64("Zm8=") == "fo");
  CHECK(decode_base64("Zm9v") == "foo");
  CHECK(decode_base64("Zm9vYg==") == "foob");
  CHECK(decode_base64("Zm\r\n9v\r\nYm Fy\r\n") == "foobar");
  CHECK(decode_base64("Zm9v*Y!mFy") == "foobar");
  CHECK(decode_base64("Zg") == "f");
  CHECK(decode_base64("Zm9vY") == "foo");
  CHECK(decode_base64("Zg==\n-- \nlist footer") == "f");
  CHECK(decode_base64("====") == "");
  CHECK(decode_base64("\377\376-_") == "");
}

TEST_CASE("quoted-printable: RFC 2045 section 6.7") {
  CHECK(decode_quoted_printable("Now's the time =\nfor all folk to come=\n to the aid of their country.") ==
        "Now's the time for all folk to come to the aid of their country.");
  CHECK(decode_quoted_printable("a=3Db=0D=0A") == "a=b\r\n");
  CHECK(decode_quoted_printable("gr=c3=bcn") == "gr\303\274n");
  CHECK(decode_quoted_printable("blanks  \t\nlost \r\n") == "blanks\nlost\r\n");
  CHECK(decode_quoted_printable("soft= \t\r\nbreak") == "softbreak");
  CHECK(decode_quoted_printable("kept=20\n") == "kept \n");
  CHECK(decode_quoted_printable("bad =ZZ =4 ==41") == "bad =ZZ =4 =A");
  CHECK(decode_quoted_printable("end=") == "end");
  CHECK(decode_quoted_printable("=\n=\n") == "");
  CHECK(decode_quoted_printable("\n\n") == "\n\n");
}

TEST_CASE("uuencode") {
  CHECK(decode_uuencode("hello\n\nbegin 644 cat.txt\n#0V%T\n`\nend\nrest\n") == "Cat");
  CHECK(decode_uuencode("begin 644 x\r\n#0V%T\r\n") == "Cat");
  CHECK(decode_uuencode("no file") == "no file");
  CHECK(decode_uuencode("begin 644 x\nM\n").size() <= 45);
}

TEST_CASE("decode_transfer by name") {
  CHECK(decode_transfer("=41", "7bit") == "=41");
  CHECK(decode_transfer("=41", "quoted-printable") == "A");
  CHECK(decode_transfer("QQ==", "base64") == "A");
  CHECK(decode_transfer("x", "binary") == "x");
  CHECK_FALSE(decode_transfer("x", "x-unknown"));
}

TEST_CASE("encoders and decoders are inverse") {
  std::mt19937 random(7);
  for (int i = 0; i < 300; ++i) {
    std::string octets(random() % 300, '\0');
    for (auto& c : octets) c = static_cast<char>(i % 2 ? random() : " \t=.\nFrom x"[random() % 11]);
    CHECK(decode_base64(encode_base64(octets)) == octets);
    const auto quoted = encode_quoted_printable(octets);
    CHECK(decode_quoted_printable(quoted) == octets);
    for (std::size_t at = 0; at < quoted.size();) {
      const auto end = std::min(quoted.find('\n', at), quoted.size());
      CHECK(end - at <= 76);
      at = end + 1;
    }
  }
}

TEST_CASE("quoted-printable protects what mail systems change") {
  CHECK(encode_quoted_printable("From me\n.\n. x\nend \n") == "=46rom me\n=2E\n. x\nend=20\n");
  CHECK(encode_quoted_printable("a=b\r\n") == "a=3Db=0D\n");
}

TEST_CASE("line ends") {
  CHECK(to_crlf("a\nb\r\nc\rd\n\n") == "a\r\nb\r\nc\rd\r\n\r\n");
  CHECK(to_crlf("") == "");
  CHECK(to_crlf("\n") == "\r\n");
  for (const std::string_view text : {"", "\n", "\r\n", "a", "a\nb\r\nc\rd\n\n", "\r", "\n\r\n\n"}) {
    CHECK(crlf_size(text) == to_crlf(text).size());
  }
}
