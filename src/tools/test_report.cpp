// SPDX-License-Identifier: MIT
#include "tools/test_report.h"

#include "base/ascii.h"
#include "base/utf8.h"

#include <algorithm>
#include <cstdio>

namespace tools {

namespace {

using sieve::testsuite::TestCase;

/// For text and attributes: characters that XML 1.0 (section 2.2) has no form for become visible.
std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : base::to_valid_utf8(text)) {
    switch (c) {
    case '&': result += "&amp;"; break;
    case '<': result += "&lt;"; break;
    case '>': result += "&gt;"; break;
    case '"': result += "&quot;"; break;
    default: result += base::is_control(c) && c != '\n' ? base::printable({&c, 1}) : std::string(1, c);
    }
    if (result.ends_with("\xef\xbf\xbe") || result.ends_with("\xef\xbf\xbf"))
      result.replace(result.size() - 1, 1, "\xbd");
  }
  return result;
}

/// One line: an attribute would read a line end as a blank.
std::string attribute(std::string_view name, std::string_view value) {
  return ' ' + std::string(name) + "=\"" + escaped(base::printable(base::to_valid_utf8(value))) + '"';
}

std::string seconds(double time) {
  char text[32];
  std::snprintf(text, sizeof text, "%.6f", time);
  return attribute("time", text);
}

struct Counts {
  std::size_t tests = 0, failures = 0, errors = 0;
  double time = 0;

  void add(const TestCase& one) {
    ++tests;
    failures += one.failed && one.is_block ? 1 : 0;
    errors += one.failed && !one.is_block ? 1 : 0;
    time += one.time.count();
  }
  std::string attributes() const {
    return attribute("tests", std::to_string(tests)) + attribute("failures", std::to_string(failures)) +
           attribute("errors", std::to_string(errors)) + seconds(time);
  }
};

std::string case_element(const std::string& path, const TestCase& one) {
  std::string text = "    <testcase" + attribute("classname", path) + attribute("name", one.name) +
                     seconds(one.time.count());
  if (!one.failed) return text + "/>\n";
  const std::string tag = one.is_block ? "failure" : "error";
  return text + ">\n      <" + tag + attribute("message", one.reason) + "/>\n    </testcase>\n";
}

std::string suite_element(const TestedFile& file, Counts& sum) {
  Counts counts;
  std::string cases;
  for (const auto& one : file.cases) {
    counts.add(one);
    sum.add(one);
    cases += case_element(file.path, one);
  }
  if (!file.errors.empty()) cases += "    <system-err>" + escaped(file.errors) + "</system-err>\n";
  return "  <testsuite" + attribute("name", file.path) + counts.attributes() + ">\n" + cases +
         "  </testsuite>\n";
}

} // namespace

std::string junit_of(const std::vector<TestedFile>& files) {
  Counts sum;
  std::string suites;
  for (const auto& file : files) suites += suite_element(file, sum);
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites" + sum.attributes() + ">\n" + suites +
         "</testsuites>\n";
}

std::string tap_of(std::size_t number, const std::string& path, const TestCase& one) {
  std::string name;
  for (const char c : base::printable(base::to_valid_utf8(path + ": " + one.name))) {
    if (c == '#') name += '\\'; // else it begins a directive
    name += c;
  }
  const std::string line = (one.failed ? "not ok " : "ok ") + std::to_string(number) + " - " + name + '\n';
  if (!one.failed) return line;
  return line + "# " + base::printable(base::to_valid_utf8(one.reason)) + '\n';
}

} // namespace tools
