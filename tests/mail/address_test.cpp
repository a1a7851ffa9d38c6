// SPDX-License-Identifier: MIT
#include "mail/address.h"

#include "support/catch.h"

#include <random>

using mail::parse_address_list;
using mail::parse_mailbox;
using mail::parse_path;

namespace {

/// "local|domain|rest", or "-" when it is no path.
std::string path(std::string_view text, bool utf8 = true) {
  std::string_view rest;
  const auto address = parse_path(text, rest, utf8);
  if (!address) return "-";
  return address->local_part + '|' + address->domain + '|' + std::string(rest);
}

/// The entries, each as "name<address>", those that cannot be read as "!raw".
std::string list(std::string_view value) {
  std::string result;
  for (const auto& entry : parse_address_list(value)) {
    if (!result.empty()) result += ", ";
    result += entry.valid ? entry.display_name + '<' + entry.address.str() + '>' : '!' + entry.raw;
  }
  return result;
}

} // namespace

TEST_CASE("paths") {
  CHECK(path("<a@b.c>") == "a|b.c|");
  CHECK(path("<>") == "||");
  CHECK(path("<Postmaster> SIZE=1") == "Postmaster|| SIZE=1");
  CHECK(path("<@x.y,@z:a@b>") == "a|b|");
  CHECK(path("<\"a b\\\"\\c\"@d>") == "a b\"c|d|");
  CHECK(path("<\"\"@d>") == "|d|");
  CHECK(path("<\"a@b\"@d>") == "a@b|d|");
  CHECK(path("<a@[192.0.2.1]>") == "a|[192.0.2.1]|");
  CHECK(path("<a@[IPv6:2001:db8::1]>") == "a|[IPv6:2001:db8::1]|");
  CHECK(path("<\xc3\xa9@\xc3\xa9.example>") == "\xc3\xa9|\xc3\xa9.example|");
  CHECK(path("<!#$%&'*+-/=?^_`{|}~@b>") == "!#$%&'*+-/=?^_`{|}~|b|");
}

TEST_CASE("paths that mail in the wild has") {
  CHECK(path("<.a..b.@c>") == ".a..b.|c|");
  CHECK(path("<a@_b-.-c>") == "a|_b-.-c|");
}

TEST_CASE("what is no path") {
  for (const auto* text :
       {"",         "<",        "<a",        "a@b",      "<a@b",          "<a@>",      "<@b>",
        "<<a@b>",   "<a@@b>",   "<a b@c>",   "<\"\">",   "<\"a>",         "<\"a\\",    "<\"a\"b@c>",
        "<a@b c>",  "<a@.b>",   "<a@b.>",    "<a@b..c>", "<@a:>",         "<@a:b>",    "<@a,b@c>",
        "<a@[]>",   "<a@[1>",   "<a@b\r\n>", "<a\t@b>",  "<\"a\x01\"@b>", "<a@b\x7f>", "<\xff@b>",
        "<a@\xc3>", "<a(c)@b>", "<,@b>",     " <a@b>"}) {
    INFO(text);
    CHECK(path(text) == "-");
  }
  CHECK(path(std::string_view("<a\0@b>", 6)) == "-");
  CHECK(path(std::string_view("<\"\0\"@b>", 7)) == "-");
  CHECK(path("<\xc3\xa9@b>", false) == "-");
  CHECK(path("<\"\xc3\xa9\"@b>", false) == "-");
  CHECK(path("<a@\xc3\xa9>", false) == "-");
}

TEST_CASE("bare mailboxes") {
  CHECK(parse_mailbox("a@b")->str() == "a@b");
  CHECK(parse_mailbox("joe")->domain.empty());
  for (const auto* text : {"", "a@", "a@b>", "a@b c", "<a@b>"}) CHECK(!parse_mailbox(text));
}

TEST_CASE("addresses as text") {
  CHECK(mail::Address{}.str().empty());
  CHECK(mail::Address{"", "d"}.str() == "\"\"@d");
  CHECK(mail::Address{"a b\"\\", "d"}.str() == "\"a b\\\"\\\\\"@d");
  CHECK(mail::Address{"postmaster", ""}.str() == "postmaster");
}

TEST_CASE("address lists") {
  CHECK(list("a@b") == "<a@b>");
  CHECK(list("a@b, Joe Q. Public <c@d>,\"E, F\" <e@f>") == "<a@b>, Joe Q. Public<c@d>, E, F<e@f>");
  CHECK(list("  a@b (Joe (the \\) elder), 3rd) ") == "<a@b>");
  CHECK(list("(c)Joe(c)<(c)a(c)@(c)b(c)>(c)") == "Joe<a@b>");
  CHECK(list("Friends: a@b, C <c@d>;, e@f") == "<a@b>, C<c@d>, <e@f>");
  CHECK(list("undisclosed-recipients:;").empty());
  CHECK(list("A: a@b;, B: c@d;") == "<a@b>, <c@d>");
  CHECK(list("").empty());
  CHECK(list(" , ,(nobody), ").empty());
  CHECK(list("a@b;c@d") == "<a@b>, <c@d>");
  CHECK(list("Return <>") == "Return<>");
  CHECK(list("<a@[127.0.0.1]>") == "<a@[127.0.0.1]>");
  CHECK(list("\"a b\"@c") == "<\"a b\"@c>");
}

TEST_CASE("the obsolete forms") {
  CHECK(list("<@a,,@b:c@d>") == "<c@d>");
  CHECK(list("a . b @ c . d") == "<a.b@c.d>");
  CHECK(list("\"a\".\"b c\".d@e") == "<\"a.b c.d\"@e>");
  CHECK(list("Joe\r\n <a@\r\n\tb>") == "Joe<a@b>");
}

TEST_CASE("forms that are wrong and common") {
  CHECK(list("a@b <c@d>") == "a@b<c@d>");
  CHECK(list("[List] R&D <a@b>") == "[List] R&D<a@b>");
  CHECK(list("M\xfcller <a@b>") == "M\xfcller<a@b>");
  CHECK(list(".a.@b") == "<.a.@b>");
  CHECK(list("a@-b_c-") == "<a@-b_c->");
}

TEST_CASE("what is no address stays as it stands and spoils nothing beside it") {
  for (const auto* text :
       {"a@", "<<a@b>", "a@b>", "<a@b", "a@@b", "joe", "joe <joe>", "a b@c", "<@a:>", "\"a\" b@c", "a@b c",
        "<a@b> c", "@b", "\"open <a@b>", "a@b..c", "Joe <a@b> (c) x", ":", "a@[1"}) {
    INFO(text);
    CHECK(list(text) == '!' + std::string(text));
  }
  CHECK(list("a@b, c@, <d@e") == "<a@b>, !c@, !<d@e");
  CHECK(list("a@@\"x,y\", c@d") == "!a@@\"x,y\", <c@d>");
}

TEST_CASE("raw text and limit") {
  const auto found = parse_address_list(" Joe\r\n <a@b> , x");
  REQUIRE(found.size() == 2);
  CHECK(found[0].raw == "Joe <a@b>");
  CHECK(found[1].raw == "x");
  CHECK(parse_address_list("a@b,c@d,e@f", 2).size() == 2);
}

TEST_CASE("encoded words in display names") {
  CHECK(list("=?utf-8?q?J=C3=B6e?= <a@b>") == "J\xc3\xb6"
                                              "e<a@b>");
}

TEST_CASE("hostile fields cost linear time") {
  for (const std::string piece :
       {"(", "\"", "<", "@", "a@b,", ":", "a:", ";", "\\", "a ", ".", "[", "a@(", "<@a,", "\"\"."}) {
    std::string field;
    while (field.size() < (1U << 20)) field += piece;
    parse_address_list(field); // a second each if it were quadratic, hours in all
  }
}

TEST_CASE("random fields") {
  std::mt19937 random(5322);
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    for (auto size = random() % 30; size > 0; --size) text += "ab@.<>,:;\"\\()[] \r\n\xc3\xa9"[random() % 20];
    std::string_view rest;
    parse_path(text, rest);
    for (const auto& entry : parse_address_list(text))
      CHECK((!entry.valid || entry.address.empty() || !entry.address.domain.empty()));
  }
}
