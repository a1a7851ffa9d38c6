// SPDX-License-Identifier: MIT
#include "mail/header.h"
#include "samples.h"
#include "support/catch.h"

using namespace mail;

TEST_CASE("split_sections: the first empty line divides") {
  for (const std::string_view end : {"\n", "\r\n"}) {
    const std::string e(end);
    const std::string text = "A: 1" + e + "B: 2" + e + e + "body" + e + e + "more";
    const auto sections = split_sections(text);
    CHECK(sections.header == "A: 1" + e + "B: 2" + e);
    CHECK(sections.body == "body" + e + e + "more");
    CHECK(sections.separated);
  }
}

TEST_CASE("split_sections: no header, no body, nothing") {
  const auto no_body = split_sections("A: 1\n");
  CHECK(no_body.header == "A: 1\n");
  CHECK_FALSE(no_body.separated);
  const auto empty_body = split_sections("A: 1\n\n");
  CHECK(empty_body.separated);
  CHECK(empty_body.body.empty());
  const auto no_header = split_sections("\nbody");
  CHECK(no_header.header.empty());
  CHECK(no_header.body == "body");
  CHECK_FALSE(split_sections("").separated);
  CHECK_FALSE(split_sections("A: 1\n \nB: 2\n").separated); // a line of blanks continues the field
}

TEST_CASE("parse_fields: RFC 5322 appendix A.5 and A.6, white space and obsolete forms") {
  const auto fields = parse_fields("From: Pete(A nice \\) chap) <pete(his account)@silly.test(his host)>\n"
                                   "To:A Group(Some people)\n"
                                   "     :Chris Jones <c@(Chris's host.)public.example>,\n"
                                   "         joe@example.org;\n"
                                   "Cc:(Empty list)(start)Hidden recipients  :(nobody(that I know))  ;\n"
                                   "Message-ID  : <testabcd.1234@silly.test>\n"
                                   "Subject\t:\n");
  REQUIRE(fields.size() == 5);
  CHECK(fields[1].value == "A Group(Some people)\n     :Chris Jones <c@(Chris's host.)public.example>,\n"
                           "         joe@example.org;");
  CHECK(fields[3].name == "Message-ID");
  CHECK(fields[3].value == " <testabcd.1234@silly.test>");
  CHECK(fields[4].name == "Subject");
  CHECK(fields[4].value.empty());
  CHECK(fields[4].raw == "Subject\t:\n");
}

TEST_CASE("parse_fields: garbage is passed over with its continuations") {
  const auto fields = parse_fields("From someone@example.org Sat Mar  7 09:00:00 2026\n"
                                   " continues garbage\n"
                                   "A: 1\n"
                                   "no field\n"
                                   "b\303\266se: x\n"
                                   ": no name\n"
                                   "B: 2\r\n"
                                   "\t2b");
  REQUIRE(fields.size() == 2);
  CHECK(fields[0].name == "A");
  CHECK(fields[1].value == " 2\r\n\t2b");
  CHECK(fields[1].raw == "B: 2\r\n\t2b");
}

TEST_CASE("parse_fields stops at its limit") {
  std::string header;
  for (int i = 0; i < 100; ++i) header += "A: 1\n";
  CHECK(parse_fields(header, 7).size() == 7);
  CHECK(parse_fields(header, 0).empty());
}

TEST_CASE("find_field takes the first, whatever its case") {
  const auto fields = parse_fields("Subject: 1\nSUBJECT: 2\n");
  REQUIRE(find_field(fields, "subject"));
  CHECK(find_field(fields, "subject")->value == " 1");
  CHECK(find_field(fields, "Subjec") == nullptr);
}

TEST_CASE("unfold deletes line ends before white space and nothing else") {
  CHECK(unfold("a\r\n b\n\tc") == "a b\tc");
  CHECK(unfold("a\n\n b") == "a\n b");
  CHECK(unfold("a\nb\n") == "a\nb\n");
  CHECK(unfold("a\rb") == "a\rb");
  CHECK(unfold("") == "");
}

TEST_CASE("decode_header: unfolded, decoded, trimmed") {
  CHECK(decode_header("  =?utf-8?q?a?=\n =?utf-8?q?b?=  ") == "ab");
  CHECK(decode_header(" plain\n  text ") == "plain  text");
  CHECK(decode_header("\n ") == "");
  CHECK(decode_header(" \377 raw") == "\377 raw");
  CHECK(decode_header("=?us-ascii?q?_x_?=") == "x");
}

TEST_CASE("is_field_name") {
  CHECK(is_field_name("X-Any_thing!"));
  for (const auto* name : {"", "a b", "a:", "a\t", "\303\266", "a\177"}) CHECK_FALSE(is_field_name(name));
}

TEST_CASE("headers of the sample messages") {
  const auto list = test::message("list");
  const auto fields = parse_fields(split_sections(list).header);
  CHECK(fields.size() == 15);
  CHECK(decode_header(find_field(fields, "subject")->value) == "[users] Re: Gr\303\274\303\237e an alle");
  const auto broken = test::message("broken");
  const auto odd = parse_fields(split_sections(broken).header);
  CHECK(odd.size() == 5);
  CHECK(decode_header(find_field(odd, "x-empty")->value).empty());
}
