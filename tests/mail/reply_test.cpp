// SPDX-License-Identifier: MIT
#include "mail/reply.h"

#include "support/catch.h"

using mail::Reply;

TEST_CASE("a reply on the wire") {
  CHECK(Reply{250, "2.1.5", "OK"}.wire() == "250 2.1.5 OK\r\n");
  CHECK(Reply{354, "", "Go on"}.wire() == "354 Go on\r\n");
  CHECK(Reply{550, "5.7.1", ""}.wire() == "550 5.7.1 \r\n");
  CHECK(Reply{250, "", "a\nb\nc"}.wire() == "250-a\r\n250-b\r\n250 c\r\n");
  CHECK(Reply{550, "5.7.1", "a\r\n\r\nb\r\n"}.wire() == "550-5.7.1 a\r\n550-5.7.1 \r\n550 5.7.1 b\r\n");
}

TEST_CASE("no text can break a reply line") {
  CHECK(Reply{250, "", std::string("a\rb\0c\x7f\td", 8)}.wire() == "250 abc\td\r\n");
  CHECK(Reply{250, "", "\xc3\xa9"}.wire() == "250 ??\r\n");
  CHECK(Reply{250, "", "\xc3\xa9\xff"}.wire(true) == "250 \xc3\xa9\xef\xbf\xbd\r\n");
}

TEST_CASE("a reply line has at most 512 octets and no half character") {
  CHECK(Reply{250, "2.0.0", std::string(1000, 'x')}.wire().size() == 512);
  std::string text;
  for (int i = 0; i < 400; ++i) text += "\xc3\xa9";
  const auto line = Reply{250, "2.0.0", text}.wire(true);
  CHECK(line.size() == 512);
  CHECK(line.substr(508) == "\xc3\xa9\r\n");
  CHECK(Reply{250, "2.0.00", text}.wire(true).size() == 511);
}

TEST_CASE("classes") {
  CHECK(Reply{250, "", ""}.positive());
  CHECK(Reply{}.temporary());
  CHECK(Reply{550, "", ""}.permanent());
}
