// SPDX-License-Identifier: MIT
#include "mail/html_text.h"
#include "samples.h"
#include "support/catch.h"

using namespace mail;

TEST_CASE("html: markup goes, blocks make lines, white space collapses") {
  CHECK(html_to_text("<p>One</p>\n\n<p>two  <b>th</b>ree</p>") == "One\ntwo three");
  CHECK(html_to_text("a<br>b<BR/>c<hr />d") == "a\nb\nc\nd");
  CHECK(html_to_text("<ul><li>x</li><li>y</li></ul>") == "x\ny");
  CHECK(html_to_text("<table><tr><td>1</td><td>2</td></tr><tr><th>3</th></tr></table>") == "1 2\n3");
  CHECK(html_to_text("  \n ") == "");
  CHECK(html_to_text("") == "");
}

TEST_CASE("html: what no reader sees") {
  CHECK(html_to_text("a<!-- <b> -->b<!-->c<!-- --->d") == "abcd");
  CHECK(html_to_text("a<script>if (x</y) '</scripty>' </SCRIPT >b") == "ab");
  CHECK(html_to_text("<style>p{}</style>x<title>t</title>") == "x");
  CHECK(html_to_text("<!DOCTYPE html><?xml?>x") == "x");
  CHECK(html_to_text("<a href=\"x>y\" title='>'>link</a>") == "link");
  CHECK(html_to_text("<img alt=5\" x=\">\">z") == "z");
}

TEST_CASE("html: character references") {
  CHECK(html_to_text("&lt;&amp;&gt;&quot;&apos;") == "<&>\"'");
  CHECK(html_to_text("gr&uuml;n&nbsp;&euro;&hellip;") == "gr\303\274n \342\202\254\342\200\246");
  CHECK(html_to_text("&#65;&#x42;&#X43;&#8364;&#128;") == "ABC\342\202\254\342\202\254");
  CHECK(html_to_text("&#x110000;&#xD800;&#99999999999999999999;") == "\357\277\275\357\277\275\357\277\275");
  CHECK(html_to_text("a&b &unknown; &#; &#x; &") == "a&b &unknown; &#; &#x; &");
  CHECK(html_to_text("a&amp b&#0;c") == "a& b c");
}

TEST_CASE("html: broken markup") {
  CHECK(html_to_text("1 < 2 <3") == "1 < 2 <3");
  CHECK(html_to_text("a<b") == "a");
  CHECK(html_to_text("a<b x=\"y>z") == "a");
  CHECK(html_to_text("a<!-- open") == "a");
  CHECK(html_to_text("a<script>open") == "a");
  CHECK(html_to_text("a</>b</ x>c<") == "abc<");
  CHECK(html_to_text("\377\0<"
                     "b>x") == "\377");
}

TEST_CASE("html: time is linear in hostile text") {
  for (const std::string_view unit :
       {"<", "&", "<!--", "<script>", "</", "<a b='", "&#1", "<a =\"", " \n", "<br>"}) {
    std::string text;
    while (text.size() < 1000000) text += unit;
    CHECK(html_to_text(text).size() <= text.size());
  }
}

TEST_CASE("html: a newsletter") {
  const auto text = test::message("newsletter");
  const auto root = parse_part(text);
  CHECK(root->plain_text() ==
        "Sch\303\266ne Angebote\nNur heute: K\303\244se f\303\274r 3\342\202\254 & mehr\n"
        "gr\303\274n\342\200\246\nA B");
}
