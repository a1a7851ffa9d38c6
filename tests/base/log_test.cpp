// SPDX-License-Identifier: MIT
#include "base/log.h"

#include "base/io.h"
#include "base/process.h"
#include "support/catch.h"

#include <sys/socket.h>
#include <unistd.h>

using base::LogFormat;
using base::LogTarget;

namespace {

/// What reaches descriptor 2 from a child that logs there; `client` makes it descriptor 0 as well.
std::string logged(LogFormat format, bool client, const std::string& text, const base::LogFields& fields) {
  auto child = base::Child::spawn([&](int pipe) {
    ::dup2(pipe, 2);
    if (client) ::dup2(pipe, 0);
    base::open_log(LogTarget::standard_error, format, "lastmile");
    base::log(base::LogLevel::info, text, fields);
    return 0;
  });
  std::string line = child.finish().output;
  const auto pid = line.find("]: ");
  return pid == std::string::npos ? line : line.substr(pid + 3);
}

} // namespace

TEST_CASE("a line of text") {
  CHECK(logged(LogFormat::text, false, "delivered", {{"to", "a@b"}, {"subject", "x \"y\""}, {"none", ""}}) ==
        "delivered to=a@b subject=\"x \\\"y\\\"\"\n");
}

TEST_CASE("a JSON object") {
  CHECK(logged(LogFormat::json, false, "a\"b", {{"to", "\\\n\xff"}}) ==
        "{\"level\":\"info\",\"message\":\"a\\\"b\",\"to\":\"\\\\\\u000a\xef\xbf\xbd\"}\n");
}

TEST_CASE("no value can forge a line") {
  const auto line = logged(LogFormat::text, false, "x", {{"from", "a\nlastmile: y\r\x1b"}});
  CHECK(line == "x from=\"a\\x0alastmile: y\\x0d\\x1b\"\n");
}

TEST_CASE("nothing is logged to the client") { CHECK(logged(LogFormat::text, true, "x", {}).empty()); }

TEST_CASE("values have a length") {
  CHECK(logged(LogFormat::text, false, "x", {{"v", std::string(100000, 'v')}}).size() < 1100);
}
