// SPDX-License-Identifier: MIT
// lastmile-sieve test: runs files of the Sieve test language.
#include "base/ascii.h"
#include "delivery/run.h"
#include "sieve/spec.h"
#include "sieve/testsuite/runner.h"
#include "tools/coverage.h"
#include "tools/output.h"
#include "tools/subcommand.h"
#include "tools/test_report.h"
#include "tools/trace_printer.h"

#include <algorithm>
#include <chrono>
#include <vector>

namespace tools {

namespace {

using namespace sieve::testsuite;

/// A program of a test, found by its plain name in the directory that the test's settings give.
sieve::ProgramResult run_program(const std::string& directory, const sieve::ProgramCall& call,
                                 std::chrono::seconds timeout) {
  if (call.name.empty() || call.name.find('/') != std::string::npos || call.name.front() == '.') {
    return {false, {}, "`" + call.name + "' is no name of a program"};
  }
  const std::string_view input[] = {call.input};
  delivery::Run run{.path = directory + "/" + call.name,
                    .arguments = call.arguments,
                    .environment = delivery::clean_environment("", "/"),
                    .input = input,
                    .timeout = timeout.count() > 0 ? timeout : std::chrono::hours(24)};
  const auto result = delivery::run(run);
  return {result.succeeded(), result.output, result.succeeded() ? std::string() : result.describe()};
}

std::string verdict(const FileResult& result) {
  if (result.failures == 0) return "PASS: " + std::to_string(result.blocks) + " tests succeeded.";
  return "FAIL: " + std::to_string(result.failures) + " of " + std::to_string(result.blocks) +
         " tests failed.";
}

/// With --expect-failure the point is that a file fails cleanly, in each of its blocks.
bool passes(const FileResult& result, bool expect_failure) {
  return expect_failure ? result.failures >= result.blocks && result.failures > 0 : result.failures == 0;
}

/// "+x" and "-x" change the set of all extensions; a plain name makes the list the whole set.
std::set<std::string, std::less<>> disabled_by(std::string list) {
  std::replace(list.begin(), list.end(), ',', ' ');
  std::set<std::string, std::less<>> named;
  std::set<std::string, std::less<>> disabled;
  for (const auto word : base::words(list)) {
    if (word.front() == '-') disabled.emplace(word.substr(1));
    if (word.front() != '-' && word.front() != '+') named.emplace(word);
  }
  for (const auto* extension : sieve::all_extensions()) {
    if (!named.empty() && !named.contains(extension->name)) disabled.emplace(extension->name);
  }
  return disabled;
}

/// For programs each block is as it was expected to be, or failed.
std::vector<TestCase> judged(FileResult& result, bool expect_failure, bool pass) {
  std::vector<TestCase> cases = std::move(result.cases);
  if (cases.empty()) cases.push_back({"(no test)", false, false, {}, {}});
  if (!expect_failure) return cases;
  for (TestCase& one : cases) {
    if (!one.failed) one.reason = "it should have failed";
    one.failed = !pass && !one.failed;
  }
  return cases;
}

/// Goes through the files; prints as it does.
class Tester {
public:
  explicit Tester(const CommandLine& line)
      : line_(line), tap_(line.has("tap")), expect_failure_(line.has("expect-failure")),
        trace_([this](std::string_view text) { say(text); }) {
    if (line.has("trace") && line.has("coverage"))
      throw UsageError("--trace and --coverage cannot be given together");
    options_.disabled = disabled_by(line.value("extensions").value_or(""));
    if (line.has("trace")) options_.trace = &trace_;
    if (!line.has("coverage")) return;
    options_.trace = &coverage_;
    options_.found = [this](const FoundScript& script) { coverage_.add(script); };
  }

  int run() {
    if (tap_) print("TAP version 13\n");
    for (const auto& path : line_.operands()) run_file(path);
    if (tap_) print("1.." + std::to_string(number_) + '\n');
    if (line_.has("coverage")) say(coverage_.text());
    say(std::to_string(passed_) + " passed, " + std::to_string(failed_) + " failed\n");
    if (const auto path = line_.value("junit")) write_file(*path, junit_of(files_));
    return good_ ? 0 : 1;
  }

private:
  /// What is no part of the protocol is a comment there.
  void say(std::string_view text) const {
    if (!tap_) return print(text);
    text.remove_suffix(text.ends_with('\n') ? 1 : 0);
    for (const auto one : base::split(text, '\n'))
      print("#" + (one.empty() ? "" : ' ' + std::string(one)) + '\n');
  }

  void run_file(const std::string& path) {
    TestedFile& file = files_.emplace_back(TestedFile{path, {}, {}});
    const auto tell = [this](const std::string& text) {
      if (!tap_) print(text + '\n');
    };
    const auto complain = [&](const std::string& text) {
      print_error(text + '\n');
      file.errors += text + '\n';
    };
    FileResult result = run_test_file(path, options_, tell, complain);
    tell(verdict(result));
    tell("");
    count(result);
    file.cases = judged(result, expect_failure_, passes(result, expect_failure_));
    if (!tap_) return;
    for (const auto& one : file.cases) print(tap_of(++number_, path, one));
  }

  void count(const FileResult& result) {
    const bool pass = passes(result, expect_failure_);
    good_ = good_ && pass;
    const unsigned blocks = std::max(result.blocks, 1U);
    const unsigned bad = pass ? 0 : std::min(std::max(result.failures, 1U), blocks);
    passed_ += blocks - bad;
    failed_ += bad;
  }

  const CommandLine& line_;
  const bool tap_, expect_failure_;
  TracePrinter trace_;
  Coverage coverage_;
  RunOptions options_{run_program, {}, nullptr, {}};
  std::vector<TestedFile> files_;
  std::size_t number_ = 0;
  unsigned passed_ = 0, failed_ = 0;
  bool good_ = true;
};

int test(const CommandLine& line) { return Tester(line).run(); }

constexpr OptionSpec options[] = {
    {.name = "expect-failure", .help = "pass files whose every block fails"},
    {.name = "extensions",
     .letter = 'x',
     .parameter = "LIST",
     .help = "these alone, or all with +NAME and -NAME"},
    {.name = "coverage", .help = "show which lines of the tested scripts ran"},
    {.name = "junit", .parameter = "FILE", .help = "write the result in the form of JUnit"},
    {.name = "tap", .help = "print the result in the Test Anything Protocol"},
    {.name = "trace", .help = "show every step: values, matches, results"},
};

} // namespace

extern const Subcommand test_subcommand;
constinit const Subcommand test_subcommand = {.name = "test",
                                              .synopsis = "[OPTION...] FILE.svtest...",
                                              .help = "run tests of scripts, written in Sieve",
                                              .options = options,
                                              .least_operands = 1,
                                              .run = test};

} // namespace tools
