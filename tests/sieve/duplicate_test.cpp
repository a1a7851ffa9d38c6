// SPDX-License-Identifier: MIT
// duplicate (RFC 7352), with a world that has seen something.
#include "support.h"

#include "sieve/host.h"
#include "support/catch.h"

#include <map>

using namespace sieve::test;

namespace {

class Memory : public sieve::Host {
public:
  bool seen(const std::string& handle, const std::string& id, std::int64_t seconds) const override {
    asked = handle + "|" + id + "|" + std::to_string(seconds);
    return id == "old@example.org" || id == "h old";
  }
  std::string setting(const std::string& name) const override {
    const auto found = settings.find(name);
    return found == settings.end() ? "" : found->second;
  }
  mutable std::string asked;
  std::map<std::string, std::string> settings;
};

constexpr std::string_view fresh = "Message-ID:  new@example.org \nSubject: =?utf-8?q?h_old?=\nX-Empty:\n\n";
constexpr std::string_view again = "Message-ID: old@example.org\nMessage-ID: new@example.org\n\n";

std::string run(const std::string& test, std::string_view octets, const Memory& memory = {}) {
  return outcome_of("require [\"duplicate\", \"variables\", \"fileinto\"]; if " + test +
                        " { fileinto \"dup\"; }",
                    octets, memory);
}

} // namespace

TEST_CASE("duplicate leaves a mark for what was not seen") {
  CHECK(run("duplicate", fresh) == "duplicate new@example.org; implicit keep");
  CHECK(run("duplicate", again) == "fileinto dup");
  CHECK(run("duplicate :last", again) == "duplicate old@example.org; fileinto dup");
  CHECK(run("duplicate :header \"subject\"", fresh) == "fileinto dup");
  CHECK(run("duplicate :uniqueid \"old@example.org\"", fresh) == "fileinto dup");
  CHECK(run("duplicate :uniqueid \"OLD@example.org\"", fresh) == "duplicate OLD@example.org; implicit keep");
}

TEST_CASE("no id: no duplicate and no mark") {
  CHECK(run("duplicate", "Subject: x\n\n") == "implicit keep");
  CHECK(run("duplicate :header \"x-absent\"", fresh) == "implicit keep");
  CHECK(run("duplicate :header \"x-empty\"", fresh) == "implicit keep");
  CHECK(run("duplicate :header \"no name:\"", fresh) == "implicit keep");
  CHECK(run("duplicate :seconds 0", again) == "implicit keep");
}

TEST_CASE("the same test twice is one answer and one mark") {
  CHECK(run("anyof(duplicate, duplicate)", fresh) == "duplicate new@example.org; implicit keep");
  CHECK(run("anyof(duplicate, duplicate :handle \"h\")", fresh) ==
        "duplicate new@example.org; duplicate new@example.org; implicit keep");
}

TEST_CASE("how long is remembered") {
  Memory memory;
  run("duplicate", fresh, memory);
  CHECK(memory.asked == "|new@example.org|604800");
  run("duplicate :handle \"x\" :seconds 60", fresh, memory);
  CHECK(memory.asked == "x|new@example.org|60");
  run("duplicate :seconds 99999999999", fresh, memory);
  CHECK(memory.asked == "|new@example.org|2592000");
  memory.settings = {{"sieve_duplicate_default_period", "3d"}, {"sieve_duplicate_max_period", "1 day"}};
  run("duplicate", fresh, memory);
  CHECK(memory.asked == "|new@example.org|86400");
}

TEST_CASE("mistakes in duplicate") {
  CHECK(errors_of("require \"duplicate\"; if duplicate :header \"a\" :uniqueid \"b\" { }") ==
        "1:47: tag :uniqueid cannot stand together with :header\n");
  CHECK_FALSE(errors_of("require \"duplicate\"; if duplicate \"a\" { }").empty());
  CHECK_FALSE(errors_of("require \"duplicate\"; if duplicate :seconds \"a\" { }").empty());
}
