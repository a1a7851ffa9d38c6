// SPDX-License-Identifier: MIT
#include "sieve/testsuite/runner.h"

#include "base/file.h"
#include "sieve/execution.h"

#include <system_error>

namespace sieve::testsuite {

namespace {

std::string case_name(const std::string& path) {
  const auto slash = path.rfind('/');
  std::string name = slash == std::string::npos ? path : path.substr(slash + 1);
  const auto dot = name.rfind('.');
  return dot == std::string::npos ? name : name.substr(0, dot);
}

std::shared_ptr<const Script> compile_case(const std::string& path, World& world,
                                           const std::function<void(const std::string&)>& complain) {
  std::string source;
  try {
    source = base::read_whole_file(path, world.state().limits.script_size + 1);
  } catch (const std::system_error& error) {
    complain(path + ": error: cannot be read: " + error.code().message());
    return nullptr;
  }
  Diagnostics diagnostics;
  auto script = compile(source, world.compile_options(path), diagnostics);
  world.tell_included(script != nullptr);
  for (const auto& diagnostic : diagnostics) {
    if (diagnostic.severity != Severity::error) continue;
    complain(case_name(path) + ": line " + std::to_string(diagnostic.position.line) +
             ": error: " + diagnostic.text);
  }
  return script;
}

} // namespace

FileResult run_test_file(const std::string& path, const RunOptions& options,
                         const std::function<void(const std::string&)>& print,
                         const std::function<void(const std::string&)>& complain) {
  Report report(case_name(path), print);
  World world(path, report, options);
  const auto script = compile_case(path, world, complain);
  if (script == nullptr) {
    report.fail_case("failed to compile the test file");
    return {report.blocks(), report.failures(), report.finish()};
  }
  Execution execution(world.state(), *script, world.trace());
  try {
    execution.run();
  } catch (const ScriptError& error) {
    complain(case_name(path) + ": line " + std::to_string(error.position.line) + ": error: " + error.what());
    report.fail_case("test script execution aborted due to error");
  }
  return {report.blocks(), report.failures(), report.finish()};
}

} // namespace sieve::testsuite
