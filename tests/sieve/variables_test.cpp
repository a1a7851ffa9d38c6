// SPDX-License-Identifier: MIT
// variables (RFC 5229): its examples, section by section, and its limits.
#include "support.h"

#include "support/catch.h"

using namespace sieve::test;

namespace {

/// What `text`, put between quotes, says after `commands`; the folder that the message goes to tells.
std::string expanded(const std::string& commands, const std::string& text, const std::string& more = "") {
  const std::string outcome = outcome_of("require [\"fileinto\", \"variables\"" + more + "];\n" + commands +
                                         "\nfileinto \"<" + text + ">\";");
  const std::string before = "fileinto <";
  if (outcome.size() <= before.size() || outcome.compare(0, before.size(), before) != 0) return outcome;
  return outcome.substr(before.size(), outcome.size() - before.size() - 1);
}

std::string set(const std::string& arguments) { return expanded("set " + arguments + ";", "${b}"); }

} // namespace

TEST_CASE("section 3: what is no variable stays, what was never set is empty") {
  const std::string company = "set \"company\" \"ACME\";";
  CHECK(expanded(company, "&%${}!") == "&%${}!");
  CHECK(expanded(company, "${doh!}") == "${doh!}");
  CHECK(expanded(company, "${full}").empty());
  CHECK(expanded(company, "${company}") == "ACME");
  CHECK(expanded(company, "${BAD${Company}") == "${BADACME");
  CHECK(expanded(company, "${President, ${Company} Inc.}") == "${President, ACME Inc.}");
  CHECK(expanded(company, "$${company} ${company ${company") == "$ACME ${company ${company");
  CHECK(expanded(company, "${0.s}${.a}${a.}${1a}") == "${0.s}${.a}${a.}${1a}");
  CHECK(outcome_of("require \"fileinto\"; fileinto \"${company}\";") == "fileinto ${company}");
}

TEST_CASE("section 3.1: escapes come before references") {
  const std::string foo = "set \"foo\" \"bar\";";
  CHECK(expanded(foo, R"(${fo\o})") == "bar");
  CHECK(expanded(foo, R"(${fo\\o})") == R"(${fo\o})");
  CHECK(expanded(foo, R"(\${foo})") == "bar");
  CHECK(expanded(foo, R"(\\${foo})") == R"(\bar)");
  CHECK(expanded("set \"dollar\" \"$\"; set \"text\" \"regarding ${dollar}{beep}\";", "${text}") ==
        "regarding ${beep}");
  CHECK(
      holds("\"encoded-character\", \"variables\"",
            "allof(string :is \"${name}\" \"\", header :contains \"subject\" \"dear${hex:20 24 7b 4e}ame}\")",
            "Subject: oh dear \n\n") == false);
  CHECK(outcome_of("require [\"encoded-character\", \"variables\"]; set \"name\" \"Ethelbert\";"
                   "if header :contains \"Subject\" \"dear${hex:20 24 7b 4e}ame}\" { discard; }",
                   "Subject: dear Ethelbert\n\n") == "discard");
}

TEST_CASE("section 3.2: match values") {
  const std::string require = "require [\"fileinto\", \"variables\"];";
  const std::string list =
      require + "if header :matches \"List-ID\" \"*<*@*\" { fileinto \"INBOX.lists.${2}\"; }";
  CHECK(outcome_of(list, "List-Id: The list <acme@example.org>\n\n") == "fileinto INBOX.lists.acme");
  const std::string subject =
      require + "if header :matches \"Subject\" \"[*] *\" { fileinto \"${1}|${2}|${3}\"; }";
  CHECK(outcome_of(subject, "Subject: [acme-users] [fwd] version 1.0 is out\n\n") ==
        "fileinto acme-users|[fwd] version 1.0 is out|");
  const std::string business = require +
                               "if address :matches [\"To\", \"Cc\"] [\"coyote@**.com\", \"wile@**.com\"]"
                               " { fileinto \"${0}|${1}|${2}\"; }";
  CHECK(outcome_of(business, "To: coyote@ACME.Example.COM\n\n") ==
        "fileinto coyote@ACME.Example.COM||ACME.Example");
  CHECK(outcome_of(require + "if anyof (true, address :domain :matches \"To\" \"*.com\") "
                             "{ fileinto \"x${1}\"; }",
                   "To: a@example.com\n\n") == "fileinto x");
}

TEST_CASE("a match that fails leaves the values, one that holds replaces all") {
  const std::string first = "if string :matches \"a-b-c\" \"*-*-*\" { }";
  CHECK(expanded(first + "if string :matches \"x\" \"y*\" { }", "${1}${2}${3}") == "abc");
  CHECK(expanded(first + "if string :matches \"xy\" \"x*\" { }", "${1}|${2}|${3}") == "y||");
  CHECK(expanded(first + "if string :is \"x\" \"x\" { }", "${1}${2}${3}") == "abc");
  CHECK(expanded(first + "if not string :matches \"xy\" \"x*\" { }", "${1}") == "y");
  CHECK(expanded("if anyof(string :matches \"a\" \"?\", string :matches \"b\" \"?\") { }", "${1}") == "a");
  CHECK(expanded("if allof(string :matches \"a\" \"?\", string :matches \"b\" \"?\") { }", "${1}") == "b");
  CHECK(expanded(first, "${01}${0002}") == "ab");
  CHECK(expanded("", "${1}${32}").empty());
  CHECK(errors_of("require \"variables\"; redirect \"${33}\";") ==
        "1:31: match value ${33} is beyond the highest, ${32}\n");
}

TEST_CASE("section 4: set") {
  CHECK(
      outcome_of("require [\"reject\", \"variables\"];\n"
                 "set \"honorific\"  \"Mr\";\nset \"first_name\" \"Wile\";\nset \"last_name\"  \"Coyote\";\n"
                 "set \"vacation\" text:\nDear ${HONORIFIC} ${last_name},\n"
                 "I'm out, please leave a message after the meep.\n.\n;\nreject \"${vacation}\";") ==
      "reject Dear Mr Coyote,\r\nI'm out, please leave a message after the meep.\r\n");
  CHECK(expanded("set \"a\" \"1\"; set \"A\" \"${a}2\"; set \"a\" \"${a}3\";", "${a}") == "123");
  CHECK(expanded("set \"a\" \"x\"; set \"a\" \"\";", "${a}").empty());
  CHECK(errors_of("require \"variables\"; set \"1\" \"x\";") ==
        "1:26: variable `1' is a match value and cannot be set\n");
  CHECK(errors_of("require \"variables\"; set \"a b\" \"x\";") == "1:26: variable `a b' has no valid name\n");
  CHECK(errors_of("require \"variables\"; set \"a.b\" \"x\";") ==
        "1:26: variable `a.b' is in an unknown namespace\n");
  CHECK(errors_of("require \"variables\"; set \"${a}\" \"x\";") ==
        "1:26: the variable's name must be a constant string\n");
  CHECK(errors_of("require \"variables\"; keep; redirect \"${a.b}\";") ==
        "1:37: variable ${a.b} is in an unknown namespace\n");
}

TEST_CASE("section 4.1: modifiers, in the order of their precedence") {
  const std::string jumbled = "\"b\" \"juMBlEd lETteRS\"";
  CHECK(set(jumbled) == "juMBlEd lETteRS");
  CHECK(set(":length " + jumbled) == "15");
  CHECK(set(":lower " + jumbled) == "jumbled letters");
  CHECK(set(":upperfirst " + jumbled) == "JuMBlEd lETteRS");
  CHECK(set(":upperfirst :lower " + jumbled) == "Jumbled letters");
  CHECK(set(":LOWER :upperFirst " + jumbled) == "Jumbled letters");
  CHECK(set(":lowerfirst :upper " + jumbled) == "jUMBLED LETTERS");
  CHECK(set(":quotewildcard \"b\" \"Rock*\"") == "Rock\\*");
  CHECK(set(":quotewildcard \"b\" \"a?\\\\*\"") == "a\\?\\\\\\*");
  CHECK(set(":length :quotewildcard \"b\" \"Rock*\"") == "6");
  CHECK(set(":length \"b\" \"caf\xc3\xa9\"") == "4");
  CHECK(set(":length \"b\" \"\"") == "0");
  CHECK(set(":upper \"b\" \"caf\xc3\xa9\"") == "CAF\xc3\xa9");
  CHECK(set(":upperfirst \"b\" \"\"").empty());
  CHECK(errors_of("require \"variables\"; set :lower :upper \"a\" \"x\";") ==
        "1:33: modifier :upper cannot stand together with :lower\n");
  CHECK(errors_of("require \"variables\"; set :lower :lower \"a\" \"x\";") ==
        "1:33: tag :lower is given twice\n");
  CHECK(errors_of("require \"variables\"; set :nonsense \"a\" \"x\";") ==
        "1:26: command `set' has no tag :nonsense\n");
}

TEST_CASE("section 5: the string test") {
  CHECK(outcome_of("require \"variables\"; set \"state\" \"${state} pending\";"
                   "if string :matches \" ${state} \" \"* pending *\" { discard; }") == "discard");
  CHECK(holds("\"variables\"", "string [\"a\", \"b\"] [\"x\", \"B\"]"));
  CHECK_FALSE(holds("\"variables\"", "string :comparator \"i;octet\" \"b\" \"B\""));
  CHECK(holds("\"variables\", \"relational\"", "string :count \"eq\" [\"a\", \"\", \"b\"] \"2\""));
  CHECK(holds("\"variables\", \"relational\"", "string :count \"eq\" \"${none}\" \"0\""));
}

TEST_CASE("section 6: limits") {
  std::string script = "require \"variables\";";
  for (int i = 0; i < 255; ++i) script += "set \"v" + std::to_string(i) + "\" \"x\";";
  CHECK(outcome_of(script) == "implicit keep");
  CHECK(outcome_of(script + "set \"one_more\" \"x\";") ==
        "implicit keep; error: the script has too many variables");
  const std::string name(64, 'n');
  CHECK(expanded("set \"" + name + "\" \"x\";", "${" + name + "}") == "x");
  CHECK(errors_of("require \"variables\"; set \"" + name + "n\" \"x\";") ==
        "1:26: variable `" + name + "n' has too long a name\n");
  const std::string grow =
      "set \"a\" \"0123456789abcdef\"; set \"a\" \"${a}${a}${a}${a}\"; set \"a\" \"${a}${a}${a}${a}\";"
      "set \"a\" \"${a}${a}${a}${a}\"; set \"a\" \"${a}${a}${a}${a}x\";";
  CHECK(expanded(grow + "set :length \"b\" \"${a}\";", "${b}") == "4096");
  // No character is cut in two.
  CHECK(expanded(grow + "set \"c\" \"-${a}\"; set :length \"b\" \"${c}\";", "${b}") == "4096");
  CHECK(expanded(grow + "set \"a\" \"\xc3\xa9${a}\"; set \"a\" \"-${a}\"; set :length \"b\" \"${a}\";",
                 "${b}") == "4095");
}
