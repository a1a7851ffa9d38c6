// SPDX-License-Identifier: MIT
// Scripts and messages made to hurt: each ends in a clear error, or does its work, in little time.
#include "support.h"

#include "support/catch.h"

#include <ctime>

using namespace sieve::test;

namespace {

std::string repeated(const std::string& text, std::size_t count) {
  std::string result;
  for (std::size_t i = 0; i < count; ++i) result += text;
  return result;
}

/// CPU time is what counts: the machine may be busy with other things. The bound is generous, for sanitizers.
class Stopwatch {
public:
  ~Stopwatch() { CHECK((std::clock() - started_) / CLOCKS_PER_SEC < 60); }

private:
  std::clock_t started_ = std::clock();
};

} // namespace

TEST_CASE("a script of a million lines is refused at once") {
  const Stopwatch watch;
  CHECK(errors_of(repeated("keep;\n", 1'000'000)) == "0:0: the script is larger than 1048576 octets\n");
}

TEST_CASE("a script as large as it may be is compiled") {
  const Stopwatch watch;
  CHECK(errors_of(repeated("keep;", 200'000)).empty());
  CHECK(errors_of("if true{}" + repeated("elsif true{}", 80'000)).empty());
  CHECK(errors_of("if header [" + repeated("\"a\",", 200'000) + "\"a\"] \"b\" {}").empty());
  CHECK(errors_of("if header \"a\" \"" + std::string(1'000'000, 'x') + "\" {}").empty());
  CHECK(errors_of("if anyof(" + repeated("true,", 200'000) + "true) {}").empty());
  CHECK(errors_of(repeated("#\n", 500'000)).empty());
}

TEST_CASE("nesting does not use up the stack") {
  const Stopwatch watch;
  CHECK(errors_of(repeated("if not ", 100'000)).find("tests are nested deeper than 31 levels") !=
        std::string::npos);
  CHECK(errors_of(repeated("if true {", 100'000)).find("blocks are nested deeper than 31 levels") !=
        std::string::npos);
  CHECK(errors_of(repeated("if anyof(", 100'000)).find("nested deeper") != std::string::npos);
  CHECK(errors_of(repeated("{", 500'000)).find("a command was expected, not `{'") != std::string::npos);
  CHECK(errors_of(repeated("}", 500'000)).find("a command was expected, not `}'") != std::string::npos);
  CHECK(errors_of(repeated("[", 500'000)).find("a command was expected, not `['") != std::string::npos);
}

TEST_CASE("openings of references without end cost no more than their length") {
  const Stopwatch watch;
  CHECK(errors_of("require \"variables\"; if header \"a\" \"" + repeated("${", 500'000) + "}\" {}").empty());
  CHECK(
      errors_of("require \"variables\"; if header \"a\" \"${" + repeated("a.", 300'000) + "}\" {}").empty());
  CHECK(errors_of("require \"encoded-character\"; if header \"a\" \"" + repeated("${hex:", 150'000) + "\" {}")
            .empty());
}

TEST_CASE("a string full of variables has a greatest length") {
  const Stopwatch watch;
  const std::string fill =
      "require [\"variables\", \"reject\"]; set \"a\" \"" + std::string(4096, 'x') + "\";";
  CHECK(outcome_of(fill + "reject \"" + repeated("${a}", 100'000) + "\";") ==
        "implicit keep; error: this string becomes longer than 1048576 octets");
}

TEST_CASE("patterns and keys draw on one budget") {
  const Stopwatch watch;
  const auto exhausted = [](const std::string& outcome) {
    return outcome.starts_with("implicit keep; error: the script did more than 12");
  };
  const std::string mail = "Subject: x\n\n" + std::string(1'000'000, 'a');
  const std::string require = "require \"body\"; if body :raw ";
  CHECK(exhausted(
      outcome_of(require + ":matches \"*?" + std::string(500'000, 'a') + "b*\" { discard; }", mail)));
  CHECK(outcome_of(require + ":matches \"*" + std::string(500'000, 'a') + "b*\" { discard; }", mail) ==
        "implicit keep");
  CHECK(outcome_of(require + ":contains \"" + std::string(500'000, 'a') + "b\" { discard; }", mail) ==
        "implicit keep");
  CHECK(exhausted(
      outcome_of(require + ":contains [" + repeated("\"ab\",", 100'000) + "\"b\"] { discard; }", mail)));
  const std::string fields = repeated("X: y\n", 10'000) + "\n";
  CHECK(exhausted(
      outcome_of("if header :is \"x\" [" + repeated("\"\",", 200'000) + "\"z\"] { discard; }", fields)));
}

TEST_CASE("errors in endless lines are short") {
  const std::string source =
      std::string(1000, ' ') + "keep :" + std::string(20, 'x') + ";" + std::string(1000, ' ');
  sieve::Diagnostics diagnostics;
  sieve::compile(source, {.name = "s"}, diagnostics);
  REQUIRE_FALSE(diagnostics.empty());
  CHECK(format(diagnostics.front(), source) ==
        "s:1:1006: error: command `keep' has no tag :" + std::string(20, 'x') + "\n  ..." +
            std::string(95, ' ') + "keep :" + std::string(20, 'x') + ";" + std::string(78, ' ') + "...\n" +
            std::string(105, ' ') + "^\n");
  CHECK(errors_of("redirect \"" + std::string(100'000, '@') + "\";") ==
        "1:10: redirect: `" + std::string(489, '@') + "...\n");
}

TEST_CASE("very many commands run") {
  const Stopwatch watch;
  CHECK(outcome_of(repeated("if not exists \"a\" {}", 40'000)) == "implicit keep");
}

TEST_CASE("messages made to hurt") {
  const Stopwatch watch;
  const std::string tests =
      "require [\"envelope\", \"body\", \"fileinto\"];"
      "if anyof(address :localpart \"to\" \"x\", header :matches \"subject\" \"*?*?*?*x\","
      "         body :contains \"nothing of this kind\", size :over 1G) { discard; }";
  CHECK(outcome_of(tests, "To: " + repeated("(", 100'000) + "\n\n") == "implicit keep");
  CHECK(outcome_of(tests, "To: " + repeated("a@b,", 100'000) + "\n\n") == "implicit keep");
  CHECK(outcome_of(tests, "To: " + repeated("\"", 99'999) + "\n\n") == "implicit keep");
  CHECK(outcome_of(tests, "Subject: " + repeated("=?utf-8?q?a?= ", 20'000) + "\n\n") == "implicit keep");
  CHECK(outcome_of(tests, "Subject: " + std::string(1'000'000, '?') + "\n\n") == "implicit keep");
  CHECK(outcome_of(tests, repeated("Subject:\n x\n", 20'000) + "\n") == "implicit keep");
  CHECK(outcome_of(tests, std::string(1'000'000, '\0')) == "implicit keep");
}
