// SPDX-License-Identifier: MIT
#include "mail/line_ends.h"
#include "mail/part.h"
#include "samples.h"
#include "support/catch.h"

using namespace mail;

TEST_CASE("RFC 2046 section 5.1.1: a simple multipart, LF and CRLF") {
  const std::string text = "From: Nathaniel Borenstein <nsb@bellcore.com>\n"
                           "Subject: Sample message\n"
                           "MIME-Version: 1.0\n"
                           "Content-type: multipart/mixed; boundary=\"simple boundary\"\n"
                           "\n"
                           "This is the preamble.\n"
                           "\n"
                           "--simple boundary\n"
                           "\n"
                           "This is implicitly typed plain US-ASCII text.\n"
                           "It does NOT end with a linebreak.\n"
                           "--simple boundary  \t\n"
                           "Content-type: text/plain; charset=us-ascii\n"
                           "\n"
                           "This is explicitly typed plain US-ASCII text.\n"
                           "It DOES end with a linebreak.\n"
                           "\n"
                           "--simple boundary--\n"
                           "\n"
                           "This is the epilogue.\n";
  for (const bool crlf : {false, true}) {
    const auto octets = crlf ? to_crlf(text) : text;
    const std::string end = crlf ? "\r\n" : "\n";
    const auto root = parse_part(octets);
    CHECK(root->media_type() == "multipart/mixed");
    CHECK(root->octets == octets);
    CHECK(root->preamble == "This is the preamble." + end);
    CHECK(root->epilogue == end + "This is the epilogue." + end);
    REQUIRE(root->children.size() == 2);
    const auto& first = *root->children[0];
    CHECK(first.has_body);
    CHECK(first.fields.empty());
    CHECK(first.header.empty());
    CHECK(first.media_type() == "text/plain");
    CHECK(first.body ==
          "This is implicitly typed plain US-ASCII text." + end + "It does NOT end with a linebreak.");
    CHECK(first.octets == end + std::string(first.body));
    CHECK(first.parent == root.get());
    const auto& second = *root->children[1];
    CHECK(second.body ==
          "This is explicitly typed plain US-ASCII text." + end + "It DOES end with a linebreak." + end);
    CHECK(second.header == "Content-type: text/plain; charset=us-ascii" + end);
  }
}

TEST_CASE("RFC 2046 section 5.1.5: in a digest the default is message/rfc822") {
  const auto text = test::message("forwarded");
  const auto root = parse_part(text);
  REQUIRE(root->children.size() == 3);
  const auto& digest = *root->children[2];
  CHECK(digest.media_type() == "multipart/digest");
  REQUIRE(digest.children.size() == 2);
  CHECK(digest.children[0]->media_type() == "message/rfc822");
  REQUIRE(digest.children[0]->is_message());
  const auto& inner = *digest.children[0]->children[0];
  CHECK(decode_header(find_field(inner.fields, "subject")->value) == "digested");
  CHECK(inner.body == "first digested body");
  CHECK(digest.children[1]->media_type() == "text/plain");
}

TEST_CASE("a message within a message") {
  const auto text = test::message("forwarded");
  const auto root = parse_part(text);
  const auto& enclosed = *root->children[1];
  REQUIRE(enclosed.is_message());
  REQUIRE(enclosed.children.size() == 1);
  const auto& inner = *enclosed.children[0];
  CHECK(inner.octets == enclosed.body);
  CHECK(inner.parent == &enclosed);
  CHECK(inner.media_type() == "multipart/alternative");
  REQUIRE(inner.children.size() == 2);
  CHECK(inner.children[0]->text() == "plain inner");
  CHECK(inner.children[1]->plain_text() == "html inner");
  CHECK(inner.epilogue == "inner epilogue");
  CHECK(test::count_parts(*root) == 10);
}

TEST_CASE("an encoded message is a leaf") {
  const auto root =
      parse_part("Content-Type: message/rfc822\nContent-Transfer-Encoding: Base64\n\nU3ViamVjdDogeAoK\n");
  CHECK(root->media_type() == "message/rfc822");
  CHECK(root->children.empty());
  CHECK_FALSE(root->is_message());
  CHECK(root->decoded() == "Subject: x\n\n");
}

TEST_CASE("an attachment: decoding and names") {
  const auto text = test::message("attachment");
  const auto root = parse_part(text);
  CHECK(decode_header(find_field(root->fields, "subject")->value) ==
        "Rechnung f\303\274r Februar \342\200\223 \303\226ffnen bitte");
  REQUIRE(root->children.size() == 2);
  const auto& alternative = *root->children[0];
  REQUIRE(alternative.children.size() == 2);
  CHECK(alternative.children[0]->text() ==
        "Guten Tag, \ndie Rechnung \303\274ber 12 \342\202\254 liegt bei. Diese "
        "Zeile ist lang und wird weich umbrochen.");
  CHECK(alternative.children[1]->plain_text() ==
        "Guten Tag,\ndie Rechnung \303\274ber 12 \342\202\254 liegt bei.");
  const auto& pdf = *root->children[1];
  CHECK(pdf.encoding == "base64");
  CHECK(pdf.file_name() == "Rechnung f\303\274r Februar.pdf");
  CHECK(pdf.decoded().starts_with("%PDF-1.4"));
  CHECK(pdf.text().data() == pdf.decoded().data());
  CHECK(root->epilogue == "The end.\n");
}

TEST_CASE("text and its charset") {
  const auto text_of = [](std::string_view head, std::string_view body) {
    const auto octets = std::string(head) + "\n\n" + std::string(body);
    return std::string(parse_part(octets)->text());
  };
  CHECK(text_of("Content-Type: text/plain; charset=iso-8859-1", "gr\374n") == "gr\303\274n");
  CHECK(text_of("Content-Type: text/plain; charset=utf-8", "gr\374n") == "gr\357\277\275n");
  CHECK(text_of("Content-Type: text/plain; charset=x-what", "gr\374n") == "gr\374n");
  CHECK(text_of("Content-Type: text/plain", "gr\374n") == "gr\303\274n");
  const auto plain = parse_part("Content-Transfer-Encoding: 8bit\n\ngr\303\274n\n");
  CHECK(plain->plain_text().data() == plain->body.data()); // nothing is copied that need not be changed
  CHECK(text_of("X: y", "gr\303\274n") == "gr\303\274n");
  CHECK(text_of("Content-Type: image/png; charset=iso-8859-1", "\374") == "\374");
  CHECK(text_of("Content-Transfer-Encoding: x-odd", "=41") == "=41");
  CHECK(text_of("Content-Transfer-Encoding: (c) Quoted-Printable", "=41") == "A");
}

TEST_CASE("Content-Type that is none means text/plain") {
  for (const auto* value :
       {"", "text", "text/", "/plain", "a/b/c", "te xt/html", "text/html charset=utf-8", ";", "\"\""}) {
    INFO(value);
    const auto octets = "Content-Type: " + std::string(value) + "\n\nx";
    CHECK(parse_part(octets)->media_type() == "text/plain");
  }
  CHECK(parse_part("Content-Type: TEXT / HTML (c); charset=x\n\nx")->media_type() == "text/html");
}

TEST_CASE("a message without header or body") {
  CHECK_FALSE(parse_part("Subject: x\n")->has_body);
  CHECK_FALSE(parse_part("")->has_body);
  const auto empty = parse_part("Subject: x\n\n");
  CHECK(empty->has_body);
  CHECK(empty->body.empty());
  CHECK(parse_part("\nbody")->body == "body");
  CHECK(parse_part("Content-Type: message/rfc822\n")->children.empty());
  CHECK(parse_part("Content-Type: message/rfc822\n\n")->children.size() == 1);
}

TEST_CASE("broken boundaries") {
  const auto text = test::message("broken");
  const auto root = parse_part(text);
  CHECK(root->preamble == "preamble");
  REQUIRE(root->children.size() == 4);
  const auto& inner = *root->children[0];
  REQUIRE(inner.children.size() ==
          1); // another boundary's prefix ends nothing; the outer delimiter ends both
  CHECK(inner.children[0]->body == "one\n--b-longer-and-more\nstill one");
  CHECK(inner.epilogue.empty());
  const auto& header_only = *root->children[1];
  CHECK_FALSE(header_only.has_body);
  CHECK(header_only.header == "Content-Type: text/plain");
  CHECK(header_only.fields.size() == 1);
  CHECK(root->children[2]->media_type() == "text/plain");
  CHECK(root->children[2]->decoded() == "two!");
  CHECK(root->children[3]->media_type() == "multipart/mixed");
  CHECK(root->children[3]->children.empty());
  CHECK(root->children[3]->preamble == "no boundary at all\n--b trailing\n");
  CHECK(root->epilogue.empty());
}

TEST_CASE("delimiters in odd places") {
  const std::string head = "Content-Type: multipart/mixed; boundary=b\n\n";
  const auto bodies = [&](const std::string& body) {
    const auto octets = head + body;
    std::vector<std::string> found;
    const auto root = parse_part(octets);
    for (const auto& child : root->children) found.emplace_back(child->body);
    return found;
  };
  using Bodies = std::vector<std::string>;
  CHECK(bodies("--b\n\nx") == Bodies{"x"});
  CHECK(bodies("--b\n\nx\n--b--") == Bodies{"x"});
  CHECK(bodies("--b\n\n--b--") == Bodies{""});
  CHECK(bodies("--b\n--b\n--b--") == Bodies{"", ""});
  CHECK(bodies("--b--\n--b\n\nx").empty());
  CHECK(bodies("--b\n\nx\n--b--\n--b\n\ny\n") == Bodies{"x"});
  CHECK(bodies("--b\n\nx --b\ny\n -- b\n--B\n--bb\n--b-\n") == Bodies{"x --b\ny\n -- b\n--B\n--bb\n--b-\n"});
  CHECK(bodies("--b\r\n\r\nx\r\n--b--\r\n") == Bodies{"x"});
  CHECK(bodies("--b\n\nx\n\n--b\n\r\n\r\n--b--") == Bodies{"x\n", ""});
  CHECK(bodies("").empty());
}

TEST_CASE("a boundary that ends in dashes") {
  const auto root =
      parse_part("Content-Type: multipart/mixed; boundary=\"x--\"\n\n--x--\n\n1\n--x----\nepilogue");
  REQUIRE(root->children.size() == 1);
  CHECK(root->children[0]->body == "1");
  CHECK(root->epilogue == "epilogue");
}

TEST_CASE("header and body apart") {
  const std::string header = "Content-Type: multipart/mixed; boundary=b\n", body = "--b\n\nx\n--b--\nend";
  const auto root = parse_part(parse_fields(header), header, body, true);
  CHECK(root->octets.empty());
  CHECK(root->header == header);
  CHECK(root->body == body);
  REQUIRE(root->children.size() == 1);
  CHECK(root->children[0]->body == "x");
  CHECK(root->epilogue == "end");
  CHECK(parse_part({}, {}, {}, false)->media_type() == "text/plain");
}
