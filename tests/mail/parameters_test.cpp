// SPDX-License-Identifier: MIT
#include "mail/parameters.h"
#include "support/catch.h"

using namespace mail;

namespace {

std::string parameter(std::string_view value, std::string_view name) {
  const auto read = parse_parameters(value);
  const auto* const found = find_parameter(read.parameters, name);
  return found ? *found : "(none)";
}

} // namespace

TEST_CASE("RFC 2045 section 5.1: tokens, quoted strings, comments") {
  const auto plain = parse_parameters(" text/plain; charset=us-ascii (Plain text)");
  CHECK(plain.value == "text/plain");
  REQUIRE(plain.parameters.size() == 1);
  CHECK(plain.parameters[0] == std::pair<std::string, std::string>("charset", "us-ascii"));
  CHECK(parameter("text/plain; charset=\"us-ascii\"", "charset") == "us-ascii");
  CHECK(parameter("text/plain; CHARSET = utf-8 ;", "Charset") == "utf-8");
  CHECK(parameter("x; a=\"q\\\"u;o\\\\te\"; b=2", "a") == "q\"u;o\\te");
  CHECK(parameter("x; a=\"q;\"; b=2", "b") == "2");
  CHECK(parse_parameters("text/(a (nested\\)) one)plain (c)").value == "text/plain");
  CHECK(parse_parameters("").value.empty());
}

TEST_CASE("RFC 2231 section 3: continuations") {
  const std::string_view value = "message/external-body; access-type=URL;\n"
                                 " URL*0=\"ftp://\";\n"
                                 " URL*1=\"cs.utk.edu/pub/moore/bulk-mailer/bulk-mailer.tar\"";
  const auto read = parse_parameters(value);
  REQUIRE(read.parameters.size() == 2);
  CHECK(read.parameters[0].first == "access-type");
  CHECK(read.parameters[1].second == "ftp://cs.utk.edu/pub/moore/bulk-mailer/bulk-mailer.tar");
  CHECK(parameter("x; a*1=two; a*0=one; a*2=three", "a") == "onetwothree");
  CHECK(parameter("x; a*0=one; a*2=three", "a") == "one");
  CHECK(parameter("x; a*1=two", "a") == "(none)");
}

TEST_CASE("RFC 2231 section 4: charset and language") {
  CHECK(parameter("application/x-stuff; title*=us-ascii'en-us'This%20is%20%2A%2A%2Afun%2A%2A%2A", "title") ==
        "This is ***fun***");
  CHECK(parameter("application/x-stuff; title*0*=us-ascii'en'This%20is%20even%20more%20;\n"
                  " title*1*=%2A%2A%2Afun%2A%2A%2A%20; title*2=\"isn't it!\"",
                  "title") == "This is even more ***fun*** isn't it!");
  CHECK(parameter("x; a*=iso-8859-1''%A3%20rates", "a") == "\302\243 rates");
  CHECK(parameter("x; a*0*=utf-8''%E2%82; a*1*=%AC", "a") == "\342\202\254");
  CHECK(parameter("x; a*=x-none''%F6", "a") == "\366");
  CHECK(parameter("x; a*=no%20quotes", "a") == "no quotes");
  CHECK(parameter("x; a*=utf-8''bad%ZZ%4", "a") == "bad%ZZ%4");
}

TEST_CASE(
    "one name in several forms: the extended one counts, then continuations, then the first plain one") {
  CHECK(parameter("x; filename=\"fallback.txt\"; filename*=utf-8''%C3%B6.txt", "filename") == "\303\266.txt");
  CHECK(parameter("x; filename=\"fallback.txt\"; filename*0=a; filename*1=b", "filename") == "ab");
  CHECK(parameter("x; a=1; a=2", "a") == "1");
  CHECK(parse_parameters("x; b=1; a=2; b=3").parameters.size() == 2);
  CHECK(parse_parameters("x; b=1; a=2").parameters[0].first == "b");
}

TEST_CASE("parameters as mailers wrongly write them") {
  CHECK(parameter("x; name=\"=?utf-8?q?gr=C3=BCn.txt?=\"", "name") == "gr\303\274n.txt");
  CHECK(parameter("x; name==?utf-8?b?w7Y=?=", "name") == "\303\266");
  CHECK(parameter("x; name=\"=?utf-8?q?a?=\n =?utf-8?q?b?=\"", "name") == "ab");
  CHECK(parameter("x; name=My file.txt; size=3", "name") == "My file.txt");
  CHECK(parameter("x; name=\"open", "name") == "open");
  CHECK(parameter("x; name=\"open\\", "name") == "open\\");
  CHECK(parameter("x; name=\"gr\303\274n\"", "name") == "gr\303\274n");
  CHECK(parameter("x; nonsense; ;; =3; a=1", "a") == "1");
  CHECK(parameter("x; a=(unclosed; b=2", "b") == "(none)");
  CHECK(parameter("x; a=", "a") == "");
  CHECK(parameter("x; a*0*x=1; *=2; **=3; a*=", "a") == "");
}

TEST_CASE("parameters are limited and read in linear time") {
  std::string value = "x";
  for (int i = 0; i < 100000; ++i) value += ";p" + std::to_string(i) + "*0*=utf-8''%41";
  CHECK(parse_parameters(value).parameters.size() == 1000);
  CHECK(parse_parameters(value, 3).parameters.size() == 3);
  std::string continued = "x";
  for (int i = 0; i < 100000; ++i) continued += ";p*" + std::to_string(i) + "=a";
  CHECK(parameter(continued, "p") == std::string(1000, 'a'));
  CHECK(parse_parameters("x" + std::string(1000000, '(')).value == "x");
  CHECK(parse_parameters(std::string(1000000, ';')).parameters.empty());
}
