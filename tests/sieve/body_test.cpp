// SPDX-License-Identifier: MIT
// body (RFC 5173): the message of its section 5.2 and the rules around it.
#include "support.h"

#include "support/catch.h"

using namespace sieve::test;

namespace {

constexpr std::string_view nested = R"(From: Whomever
To: Someone
Subject: whatever
Content-Type: multipart/mixed; boundary=outer

&  This is a multi-part message in MIME format.
&
--outer
Content-Type: multipart/alternative; boundary=inner

&  This is a nested multi-part message in MIME format.
&
--inner
Content-Type: text/plain; charset="us-ascii"

$  Hello
$
--inner
Content-Type: text/html; charset="us-ascii"

%  <html><body>Hello</body></html>
%
--inner--
&
&  This is the end of the inner MIME multipart.
&
--outer
Content-Type: message/rfc822

From: Someone Else
Subject: !  hello request

$  Please say Hello
$
--outer--
&
&  This is the end of the outer MIME multipart.
)";

bool body(const std::string& arguments, std::string_view octets = nested) {
  return holds("\"body\"", "body " + arguments, octets);
}

} // namespace

TEST_CASE("section 5.2: :content looks at parts of a type") {
  CHECK(body(":content \"multipart\" :contains \"MIME\""));
  CHECK(body(":content \"multipart\" :contains \"& \""));
  CHECK_FALSE(body(":content \"multipart\" :contains [\"$\", \"%\", \"!\", \"--outer\", \"--inner\"]"));
  CHECK(body(":content \"text/plain\" :contains \"Hello\""));
  CHECK_FALSE(body(":content \"text/plain\" :contains [\"&\", \"%\", \"!\"]"));
  CHECK(body(":content \"text/html\" :contains \"<body>Hello\""));
  CHECK_FALSE(body(":content \"text/html\" :contains [\"&\", \"$\", \"!\"]"));
  CHECK(body(":content \"text\" :contains \"please\""));
  CHECK_FALSE(body(":content \"text\" :contains [\"&\", \"!\"]"));
  CHECK(body(":content \"message/rfc822\" :contains \"Hello\""));
  CHECK_FALSE(body(":content \"message/rfc822\" :contains [\"&\", \"$\", \"%\"]"));
  CHECK(body(":content \"\" :contains \"say\""));
  CHECK(body(":content \"MULTIPART/alternative\" :contains \"\""));
  CHECK_FALSE(body(":content \"image\" :contains \"\""));
}

TEST_CASE("malformed types are none") {
  for (const char* type : {"text/", "/plain", "text/plain/x", "/"}) {
    CHECK_FALSE(body(":content \"" + std::string(type) + "\" :contains \"\""));
  }
}

TEST_CASE("section 5.1: :raw is one string without any decoding") {
  CHECK(body(":raw :contains \"Content-Type: text/html\""));
  CHECK_FALSE(body(":raw :contains \"whatever\""));
  CHECK(body(":raw :matches \"&  This*multipart.\r\n\""));
  const std::string coded = "Content-Transfer-Encoding: quoted-printable\n\nMAKE=20MONEY\n";
  CHECK(body(":raw :contains \"MAKE=20MONEY\"", coded));
  CHECK_FALSE(body(":raw :contains \"MAKE MONEY\"", coded));
  CHECK(body(":text :contains \"MAKE MONEY\"", coded));
  CHECK(body(":contains \"MAKE MONEY\"", coded));
}

TEST_CASE("contents are decoded and UTF-8") {
  const std::string latin = "Content-Type: text/plain; charset=iso-8859-1\n"
                            "Content-Transfer-Encoding: base64\n\nY2Fm6QpiYXI=\n";
  CHECK(body(":content \"text\" :is \"caf\xc3\xa9\r\nbar\"", latin));
  const std::string html =
      "Content-Type: text/html; charset=utf-8\n\n<p>caf&eacute; <b>cr</b>&egrave;me</p>\n";
  CHECK(body(":text :contains \"caf\xc3\xa9 cr\xc3\xa8me\"", html));
  CHECK_FALSE(body(":text :contains \"<b>\"", html));
  CHECK(body(":content \"text\" :contains \"<b>\"", html));
  CHECK(body(":content \"text\" :contains \"after\"", std::string_view("Subject: x\n\nbefore\0after\n", 25)));
}

TEST_CASE("a message without blank line has no body") {
  CHECK_FALSE(body(":raw :contains \"\"", "Subject: x\n"));
  CHECK_FALSE(body(":contains \"\"", "Subject: x\n"));
  CHECK(body(":raw :is \"\"", "Subject: x\n\n"));
}

TEST_CASE("tests of one body with several comparators") {
  const std::string mail = "Content-Type: text/plain; charset=utf-8\n\nMake M\xc3\x96NEY fast\n";
  const auto hits = [&](const std::string& capabilities, const std::vector<std::string>& tests) {
    std::string script = "require [\"body\", \"fileinto\"" + capabilities + "];\n";
    int number = 0;
    for (const auto& test : tests)
      script += "if body " + test + " { fileinto \"" + std::to_string(++number) + "\"; }\n";
    return outcome_of(script, mail);
  };
  const std::string octet = ":comparator \"i;octet\" ";
  CHECK(hits("", {":contains \"make m\"", ":contains " + octet + "\"make m\"",
                  ":contains " + octet + "\"Make M\"", ":contains \"MAKE\"", ":matches \"*FAST*\"",
                  ":matches " + octet + "\"*FAST*\"", ":raw :contains " + octet + "\"make\"",
                  ":content \"text\" :contains \"mAKE\"", ":is \"MAKE m\xc3\x96ney FAST\r\n\""}) ==
        "fileinto 1; fileinto 3; fileinto 4; fileinto 5; fileinto 8; fileinto 9");
  if (!errors_of("require \"comparator-i;unicode-casemap\";").empty()) return;
  const std::string unicode = ":comparator \"i;unicode-casemap\" ";
  CHECK(hits(", \"comparator-i;unicode-casemap\"",
             {":contains \"m\xc3\xb6ney\"", ":contains " + unicode + "\"m\xc3\xb6ney\"",
              ":contains \"m\xc3\xb6ney\"", ":matches " + unicode + "\"*m\xc3\xb6ney*\"",
              ":contains \"m\xc3\x96ney\""}) == "fileinto 2; fileinto 4; fileinto 5");
}

TEST_CASE("a changed message is read anew") {
  const std::string require = "require [\"body\", \"fileinto\", \"editheader\", \"replace\", \"mime\", "
                              "\"foreverypart\", \"variables\"];\n";
  const std::string coded = "Subject: x\nContent-Transfer-Encoding: quoted-printable\n\nMAKE=20MONEY\n";
  CHECK(outcome_of(require + "if body :contains \"make money\" { fileinto \"1\"; }"
                             "deleteheader \"content-transfer-encoding\";"
                             "if body :contains \"make money\" { fileinto \"2\"; }"
                             "if body :contains \"make=20money\" { fileinto \"3\"; }",
                   coded) == "fileinto 1; fileinto 3");
  for (const std::string transform : {":raw", ":text", ":content \"text\""}) {
    const std::string test = "body " + transform + " :contains ";
    CHECK(outcome_of(require + "if " + test +
                     "\"short\" { fileinto \"1\"; } replace \"Another.\";"
                     "if " +
                     test +
                     "\"short\" { fileinto \"2\"; }"
                     "if " +
                     test + "\"aNOTHER\" { fileinto \"3\"; }") == "fileinto 1; fileinto 3");
  }
  CHECK(outcome_of(require + "if body :contains \"$  hello\" { fileinto \"1\"; }"
                             "foreverypart { if header :mime :type \"content-type\" \"text\" {"
                             "  replace \"nothing\"; if body :contains \"%\" { fileinto \"seen\"; } } }"
                             "if body :contains \"$  hello\" { fileinto \"2\"; }",
                   nested) == "fileinto 1; fileinto seen");
}

TEST_CASE("many tests of one long text are within the budget") {
  const std::string mail = "Subject: x\n\n" + std::string(1'000'000, 'a');
  const auto run = [&](const std::string& capability, const std::string& test, const std::string& around) {
    std::string script = "require [\"body\"" + capability + "];\n";
    for (int i = 0; i < 150; ++i)
      script += "if body " + test + " \"" + around + "no such word " + std::to_string(i) + around +
                "\" { discard; }\n";
    return outcome_of(script, mail);
  };
  CHECK(run("", ":contains", "") == "implicit keep");
  CHECK(run("", ":matches", "*") == "implicit keep");
  if (!errors_of("require \"comparator-i;unicode-casemap\";").empty()) return;
  CHECK(run(", \"comparator-i;unicode-casemap\"", ":contains :comparator \"i;unicode-casemap\"", "") ==
        "implicit keep");
}

TEST_CASE("section 6: no match values are set") {
  CHECK(outcome_of("require [\"body\", \"variables\", \"fileinto\"];"
                   "if string :matches \"old\" \"*\" { }"
                   "if body :raw :matches \"A * body*\" { fileinto \"${1}\"; }") == "fileinto old");
}

TEST_CASE("one transform alone") {
  CHECK(errors_of("require \"body\"; if body :raw :text \"x\" { }").empty() == false);
  CHECK(errors_of("require \"body\"; if body :content \"x\" { }") ==
        "1:20: test `body' wants 1 argument besides its tags, not 0\n");
}
