// SPDX-License-Identifier: MIT
// include (RFC 6609): scripts in scripts.
#include "support.h"

#include "sieve/host.h"
#include "support/catch.h"

#include <map>

using namespace sieve::test;

namespace {

class Library : public sieve::Host {
public:
  explicit Library(std::map<std::string, std::string> scripts) : scripts_(std::move(scripts)) {}
  std::optional<std::string> script(sieve::ScriptLocation location, const std::string& name) const override {
    const auto found = scripts_.find((location == sieve::ScriptLocation::global ? "/" : "") + name);
    return found == scripts_.end() ? std::nullopt : std::optional<std::string>(found->second);
  }

private:
  std::map<std::string, std::string> scripts_;
};

using Scripts = std::map<std::string, std::string>;

std::string run(const std::string& text, Scripts scripts, std::string_view octets = message) {
  return outcome_of("require [\"include\", \"variables\", \"fileinto\"];" + text, octets,
                    Library(std::move(scripts)));
}

/// "script: text" of every diagnostic, the summaries too.
std::string diagnosed(const std::string& text, Scripts scripts) {
  const Library host(std::move(scripts));
  sieve::Diagnostics diagnostics;
  sieve::compile("require \"include\";" + text, {.name = "main", .host = &host}, diagnostics);
  std::string result;
  for (const auto& one : diagnostics) {
    result += one.script + (one.severity == sieve::Severity::summary ? ": -" : ": " + one.text) + '\n';
  }
  return result;
}

const std::string need = "require [\"include\", \"variables\", \"fileinto\"];";

} // namespace

TEST_CASE("include runs the other script in this place") {
  const Scripts scripts = {{"a", "require \"fileinto\"; fileinto \"a\";"}, {"/a", "discard;"}};
  CHECK(run("fileinto \"1\"; include \"a\"; fileinto \"2\";", scripts) ==
        "fileinto 1; fileinto a; fileinto 2");
  CHECK(run("include :personal \"a\";", scripts) == "fileinto a");
  CHECK(run("include :global \"a\";", scripts) == "discard");
}

TEST_CASE("stop ends all, return ends one") {
  const Scripts scripts = {{"stop", "stop;"},
                           {"return", "require \"include\"; if true { return; } discard;"}};
  CHECK(run("include \"stop\"; fileinto \"x\";", scripts) == "implicit keep");
  CHECK(run("include \"return\"; fileinto \"x\";", scripts) == "fileinto x");
  CHECK(run("fileinto \"x\"; return; fileinto \"y\";", {}) == "fileinto x");
}

TEST_CASE("once, and optional") {
  const Scripts scripts = {{"a", "require \"fileinto\"; fileinto \"a\";"},
                           {"b", need + "include :once \"a\"; fileinto \"b\";"}};
  CHECK(run("include :once \"a\"; discard; include :once \"a\";", scripts) == "fileinto a; discard");
  CHECK(run("include \"a\"; include \"b\";", scripts) == "fileinto a; fileinto b");
  CHECK(run("include :optional \"none\"; discard;", scripts) == "discard");
  CHECK(run("include :optional \"bad\";", {{"bad", "nonsense;"}}).find("does not compile") == 0);
}

TEST_CASE("variables are a script's own unless they are global") {
  const Scripts scripts = {
      {"set", need + "global \"g\"; set \"g\" \"new\"; set \"own\" \"inner\"; fileinto \"i-${own}\";"},
      {"space", need + "set \"global.g\" \"spaced\"; set \"g\" \"local\";"},
      {"read", need + "fileinto \"r-${g}-${global.g}\";"}};
  CHECK(run("global \"g\"; set \"own\" \"outer\"; include \"set\"; fileinto \"${own}-${g}\";", scripts) ==
        "fileinto i-inner; fileinto outer-new");
  CHECK(run("global [\"g\", \"h\"]; include \"space\"; fileinto \"${g}-${global.G}-${h}\";", scripts) ==
        "fileinto spaced-spaced-");
  CHECK(run("global \"g\"; set \"g\" \"1\"; include \"read\";", scripts) == "fileinto r--1");
  CHECK(run("set \"global.g\" \"1\"; include \"read\"; fileinto \"${g}.\";", scripts) ==
        "fileinto r--1; fileinto .");
}

TEST_CASE("RFC 6609 section 3.4.1: a test with a parameter") {
  const std::string sub =
      "require [\"include\", \"variables\"]; global [\"test\", \"test_mailbox\"];"
      "if header :contains \"Subject\" \"${test}\" { set \"test_mailbox\" \"spam-${test}\"; }";
  const std::string main =
      "global \"test\"; global \"test_mailbox\";"
      "set \"test\" \"$$\"; include \"subject_tests\";"
      "set \"test\" \"Make money\"; include \"subject_tests\";"
      "if not string :is \"${test_mailbox}\" \"\" { fileinto \"${test_mailbox}\"; stop; }";
  const Scripts scripts = {{"subject_tests", sub}};
  CHECK(run(main, scripts, "Subject: Make money fast\n\n") == "fileinto spam-Make money");
  CHECK(run(main, scripts, "Subject: earn $$\n\n") == "fileinto spam-$$");
  CHECK(run(main, scripts, "Subject: hello\n\n") == "implicit keep");
}

TEST_CASE("each script requires for itself") {
  CHECK(run("include \"a\";", {{"a", "fileinto \"x\";"}}) ==
        "does not compile: unknown command `fileinto': require \"fileinto\" is missing");
  CHECK(errors_of("require [\"fileinto\"]; include \"a\";") != "");
}

TEST_CASE("an error at run time inside ends it all") {
  CHECK(run("discard; include \"a\";", {{"a", "require \"reject\"; reject \"a\"; reject \"b\";"}}) ==
        "implicit keep; error: the message is already rejected");
}

TEST_CASE("diagnostics: every level adds one error, the outermost a summary") {
  CHECK(diagnosed("include \"none\";", {}) == "main: include: `none' does not exist\nmain: -\n");
  CHECK(diagnosed("include \"a\";", {{"a", "require \"include\"; include \"b\";"}, {"b", "frop;"}}) ==
        "b: unknown command `frop'\na: include: `b' cannot be compiled\n"
        "main: include: `a' cannot be compiled\nmain: -\n");
  CHECK(diagnosed("include \"a\"; include \"a\";", {{"a", "frop;"}}) ==
        "a: unknown command `frop'\nmain: include: `a' cannot be compiled\nmain: -\n");
}

TEST_CASE("cycles are refused, unless once") {
  CHECK(diagnosed("include \"a\";", {{"a", "require \"include\"; include \"a\";"}}) ==
        "a: include: `a' includes itself\nmain: include: `a' cannot be compiled\nmain: -\n");
  CHECK_FALSE(diagnosed("include \"a\";", {{"a", "require \"include\"; include \"b\";"},
                                           {"b", "require \"include\"; include \"a\";"}})
                  .empty());
  CHECK(run("include \"a\";", {{"a", need + "fileinto \"a\"; include :once \"a\";"}}) == "fileinto a");
  CHECK(run("include \"a\";", {{"a", need + "fileinto \"a\"; include :global \"a\";"},
                               {"/a", need + "fileinto \"g\";"}}) == "fileinto a; fileinto g");
}

TEST_CASE("limits of include") {
  Scripts chain;
  for (int i = 0; i < 20; ++i) {
    chain["s" + std::to_string(i)] = "require \"include\"; include \"s" + std::to_string(i + 1) + "\";";
  }
  chain["s20"] = "discard;";
  CHECK(run("include \"s11\";", chain) == "discard");
  CHECK(run("include \"s10\";", chain) ==
        "does not compile: include: `s20' is included too deep in other scripts");
  Scripts wide;
  std::string main;
  for (int i = 0; i < 256; ++i) {
    wide["w" + std::to_string(i)] = "";
    main += "include \"w" + std::to_string(i) + "\";";
  }
  CHECK(run(main, wide) == "does not compile: include: `w255' is one included script too many");
  // Ten levels that include the next a hundred times each: the steps end it.
  Scripts deep;
  for (int i = 0; i < 9; ++i) {
    std::string text = "require \"include\";";
    for (int k = 0; k < 100; ++k) text += "include \"d" + std::to_string(i + 1) + "\";";
    deep["d" + std::to_string(i)] = text;
  }
  deep["d9"] = "keep;";
  CHECK(run("include \"d0\";", deep).find("implicit keep; error: the script ran more than") == 0);
}

TEST_CASE("names of scripts and variables that cannot be") {
  for (const char* bad : {"", "a/b", "../a", ".hidden", "a\\\\/b", "x\x01y", "\xff", "a\xe2\x80\xa8z"}) {
    INFO(bad);
    CHECK(run("include :optional \"" + std::string(bad) + "\";", {}).find("is no name for a script") !=
          std::string::npos);
  }
  for (const char* bad :
       {"global \"1\";", "global \"a.b\";", "global \"global.x\";", "set \"x\" \"\"; global \"x\";",
        "global \"${x}\";", "set \"global.12\" \"v\";", "set \"global.a.b\" \"v\";",
        "fileinto \"${global.a.b}\";", "include \"${x}\";", "include :personal :global \"x\";"}) {
    INFO(bad);
    CHECK(run(bad, {{"x", "keep;"}}).find("does not compile: ") == 0);
  }
  CHECK(run("global \"x\"; set \"x\" \"1\"; global \"x\"; fileinto \"${x}\";", {}) == "fileinto 1");
  CHECK(errors_of("require \"include\"; global \"x\";") == "1:20: global wants require \"variables\" too\n");
}
