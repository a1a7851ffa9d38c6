// SPDX-License-Identifier: MIT
// lastmile-sieve test: runs files of the Sieve test language.
#include "base/ascii.h"
#include "delivery/run.h"
#include "sieve/spec.h"
#include "sieve/testsuite/runner.h"
#include "tools/output.h"
#include "tools/subcommand.h"
#include "tools/trace_printer.h"

#include <algorithm>
#include <chrono>

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

void print_line(const std::string& line) { print(line + '\n'); }
void complain_line(const std::string& line) { print_error(line + '\n'); }

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

int test(const CommandLine& line) {
  const bool expect_failure = line.has("expect-failure");
  TracePrinter trace([](std::string_view text) { print(text); });
  const RunOptions run_options{run_program, disabled_by(line.value("extensions").value_or("")),
                               line.has("trace") ? &trace : nullptr};
  unsigned passed = 0;
  unsigned failed = 0;
  bool good = true;
  for (const auto& path : line.operands()) {
    const FileResult result = run_test_file(path, run_options, print_line, complain_line);
    print_line(verdict(result));
    print_line("");
    const bool pass = passes(result, expect_failure);
    good = good && pass;
    const unsigned blocks = std::max(result.blocks, 1U);
    const unsigned bad = pass ? 0 : std::min(std::max(result.failures, 1U), blocks);
    passed += blocks - bad;
    failed += bad;
  }
  print_line(std::to_string(passed) + " passed, " + std::to_string(failed) + " failed");
  return good ? 0 : 1;
}

constexpr OptionSpec options[] = {
    {.name = "expect-failure", .help = "pass files whose every block fails"},
    {.name = "extensions",
     .letter = 'x',
     .parameter = "LIST",
     .help = "these alone, or all with +NAME and -NAME"},
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
