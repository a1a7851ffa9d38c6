// SPDX-License-Identifier: MIT
// vnd.dovecot.pipe, filter, execute (spec-bosch-sieve-extprograms).
#include "evaluate.h"

#include "base/ascii.h"

using namespace sieve;
using namespace sieve::test;

namespace {

/// Programs "upper" (input in capitals), "arguments" (a line each), "nothing", "fail"; calls are written
/// down.
class ProgramHost : public SettingsHost {
public:
  mutable std::vector<ProgramCall> calls;

  bool has_programs() const override { return true; }
  ProgramResult run_program(const ProgramCall& call) const override {
    calls.push_back(call);
    if (call.name == "fail") return {false, "output", "it exited with 1"};
    if (call.name == "nothing") return {true, "", ""};
    std::string output;
    for (const auto& argument : call.arguments) output += argument + "\r\n";
    return {true, call.name == "upper" ? base::upper(call.input) : output, ""};
  }
};

constexpr std::string_view letter = "From: alice@example.org\nSubject: Hello\n\nBody\n";

const std::string all =
    "require [\"vnd.dovecot.pipe\", \"vnd.dovecot.filter\", \"vnd.dovecot.execute\", \"copy\", "
    "\"variables\", \"fileinto\"];\n";

std::string errors_with_programs(const std::string& script) {
  const ProgramHost host;
  Diagnostics diagnostics;
  compile(all + script, {.name = "test", .host = &host}, diagnostics);
  std::string text;
  for (const auto& diagnostic : diagnostics) {
    if (diagnostic.severity == Severity::error) text += diagnostic.text + '\n';
  }
  return text;
}

std::string mailbox_of(const Outcome& outcome) { return only<FileInto>(outcome).mailbox; }

} // namespace

TEST_CASE("programs are absent where the administrator gives none") {
  CHECK(errors_of("require \"vnd.dovecot.pipe\";") == "1:9: unsupported capability `vnd.dovecot.pipe'\n");
  CHECK(errors_of("require \"vnd.dovecot.filter\";") == "1:9: unsupported capability `vnd.dovecot.filter'\n");
  CHECK(errors_of("require \"vnd.dovecot.execute\";") ==
        "1:9: unsupported capability `vnd.dovecot.execute'\n");
}

TEST_CASE("pipe") {
  const ProgramHost host;
  const Outcome outcome = evaluate(all + "pipe :try \"printer\" [\"A4\", \"draft\"];", letter, host);
  const Pipe pipe = only<Pipe>(outcome);
  CHECK(pipe.program == "printer");
  CHECK(pipe.arguments == std::vector<std::string>{"A4", "draft"});
  CHECK(pipe.try_only);
  CHECK(pipe.message->str() == letter);
  CHECK_FALSE(outcome.implicit_keep);
  CHECK(host.calls.empty()); // it is run when the decision is carried out
  CHECK(evaluate(all + "pipe :copy \"printer\";", letter, host).implicit_keep);
}

TEST_CASE("pipe: once for each program") {
  CHECK(outcome_of(all + "pipe \"a\"; pipe \"b\";", letter, ProgramHost()) == "pipe a; pipe b");
  CHECK(outcome_of(all + "pipe \"a\"; pipe \"a\" \"x\";", letter, ProgramHost()) ==
        "implicit keep; error: pipe: program `a' can be used once only");
}

TEST_CASE("names of programs") {
  for (const std::string name :
       {"", ".", "..", "../sh", "/bin/sh", "a/b", "a\tb", "a\x7f", "a\xc2\x85", "a\xe2\x80\xa8", "a\xff"}) {
    INFO(name);
    CHECK_FALSE(errors_with_programs("pipe \"" + name + "\";").empty());
  }
  CHECK(errors_with_programs("pipe \"caf\xc3\xa9 au lait.sh\";").empty());
  CHECK(errors_with_programs("pipe \"" + std::string(128, 'x') + "\";").empty());
  CHECK_FALSE(errors_with_programs("pipe \"" + std::string(129, 'x') + "\";").empty());
  CHECK(errors_with_programs("pipe \"${x}\";") == "the program's name must be a constant string\n");
  CHECK(errors_with_programs("if filter \"${x}\" {}") == "the program's name must be a constant string\n");
}

TEST_CASE("filter takes the place of the message") {
  const ProgramHost host;
  const Outcome outcome = evaluate(all + "filter \"upper\" [\"x\"];", letter, host);
  CHECK(outcome.keep.message->str() == "FROM: ALICE@EXAMPLE.ORG\nSUBJECT: HELLO\n\nBODY\n");
  REQUIRE(host.calls.size() == 1);
  CHECK(host.calls.front().kind == "filter");
  CHECK(host.calls.front().input == letter);
  CHECK(host.calls.front().arguments == std::vector<std::string>{"x"});
}

TEST_CASE("filter keeps the message's line ends") {
  const ProgramHost host;
  CHECK(evaluate(all + "filter \"arguments\" [\"A: b\", \"\", \"c\"];", letter, host).keep.message->str() ==
        "A: b\n\nc\n");
  CHECK(evaluate(all + "filter \"upper\";", "A: b\r\n\r\nc\r\n", host).keep.message->str() ==
        "A: B\r\n\r\nC\r\n");
}

TEST_CASE("filter that fails changes nothing and is no error") {
  const ProgramHost host;
  for (const std::string name : {"fail", "nothing"}) {
    const Outcome outcome = evaluate(all + "filter \"" + name + "\";", letter, host);
    CHECK(outcome.implicit_keep);
    CHECK(outcome.keep.message->str() == letter);
    CHECK(log_of(outcome).find("filter: program `" + name) == 0);
  }
}

TEST_CASE("filter as a test, and what it changes is seen") {
  const ProgramHost host;
  const std::string test = "if filter \"upper\" { if header :comparator \"i;octet\" \"subject\" \"HELLO\" "
                           "{ fileinto \"yes\"; } }";
  CHECK(mailbox_of(evaluate(all + test, letter, host)) == "yes");
  CHECK(mailbox_of(evaluate(all + "if not filter \"fail\" { fileinto \"no\"; }", letter, host)) == "no");
}

TEST_CASE("execute: input and output") {
  const ProgramHost host;
  const auto result = [&](const std::string& command) {
    return mailbox_of(
        evaluate(all + "set \"x\" \"before\";\n" + command + "\nfileinto \"=${x}\";", letter, host));
  };
  CHECK(result("execute :input \"text ${x}\" :output \"x\" \"upper\";") == "=TEXT BEFORE");
  CHECK(result("execute :pipe :output \"x\" \"upper\";").find("SUBJECT: HELLO") != std::string::npos);
  CHECK(result("execute :output \"x\" \"upper\";") == "=");
  CHECK(result("execute :output \"x\" \"fail\";") == "=before");
  CHECK(result("execute \"upper\";") == "=before");
  CHECK(host.calls.front().kind == "execute");
}

TEST_CASE("execute as a test") {
  const ProgramHost host;
  const std::string yes = "if execute \"upper\" { fileinto \"yes\"; } else { fileinto \"no\"; }";
  CHECK(mailbox_of(evaluate(all + yes, letter, host)) == "yes");
  const std::string no = "if execute \"fail\" { fileinto \"yes\"; } else { fileinto \"no\"; }";
  CHECK(mailbox_of(evaluate(all + no, letter, host)) == "no");
}

TEST_CASE("execute: mistakes") {
  CHECK(errors_with_programs("execute :input \"x\" :pipe \"upper\";") ==
        "tag :pipe cannot stand together with :input\n");
  CHECK_FALSE(errors_with_programs("execute :output \"1\" \"upper\";").empty());
  CHECK_FALSE(errors_with_programs("execute :output \"a b\" \"upper\";").empty());
  CHECK_FALSE(errors_with_programs("execute :output \"${x}\" \"upper\";").empty());
  const ProgramHost host;
  Diagnostics diagnostics;
  compile("require \"vnd.dovecot.execute\"; execute :output \"x\" \"upper\";",
          {.name = "test", .host = &host}, diagnostics);
  REQUIRE_FALSE(diagnostics.empty());
  CHECK(diagnostics.front().text == "tag :output wants require \"variables\"");
}

TEST_CASE("arguments of programs") {
  const ProgramHost host;
  evaluate(all + "set \"x\" \"a; rm -rf /\"; execute \"arguments\" [\"${x}\", \"\", \"two\nlines\"];", letter,
           host);
  REQUIRE(host.calls.size() == 1);
  CHECK(host.calls.front().arguments == std::vector<std::string>{"a; rm -rf /", "", "two\r\nlines"});
  std::string many = "\"a\"";
  for (int i = 0; i < 32; ++i) many += ", \"a\"";
  CHECK(errors_with_programs("pipe \"x\" [" + many + "];") == "a program takes at most 32 arguments\n");
}
