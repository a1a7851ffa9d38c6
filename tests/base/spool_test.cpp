// SPDX-License-Identifier: MIT
#include "base/spool.h"

#include "support/catch.h"

#include <system_error>

using base::Spool;

namespace {

std::string fill(Spool& spool, std::size_t total, std::size_t step) {
  std::string expected;
  for (std::size_t i = 0; expected.size() < total; ++i) {
    const std::string piece(std::min(step, total - expected.size()), static_cast<char>('a' + i % 26));
    spool.append(piece);
    expected += piece;
  }
  spool.finish();
  return expected;
}

} // namespace

TEST_CASE("a message comes out as it went in") {
  for (const std::size_t total : {0U, 1U, 99U, 100U, 101U, 1000U, 100000U}) {
    for (const std::size_t step : {1U, 7U, 99U, 100U, 101U, 5000U}) {
      Spool spool("/tmp", 100);
      const std::string expected = fill(spool, total, step);
      INFO(total << " by " << step);
      CHECK(spool.view() == expected);
      CHECK(spool.size() == total);
      CHECK((spool.fd() >= 0) == (total > 100));
    }
  }
}

TEST_CASE("a spool serves one message after the other") {
  Spool spool("/tmp", 100);
  for (const std::size_t total : {500U, 20U, 0U, 700U}) {
    const std::string expected = fill(spool, total, 30);
    spool.add_line_ends(3);
    CHECK(spool.view() == expected);
    CHECK(spool.crlf_size() == total + 3);
    spool.clear();
    CHECK(spool.view().empty());
    CHECK(spool.crlf_size() == 0);
    CHECK(spool.fd() == -1);
  }
}

TEST_CASE("a fingerprint is of the octets, and of nothing else") {
  Spool small("/tmp", 100000);
  Spool file("/tmp", 100);
  fill(small, 5000, 70);
  fill(file, 5000, 70);
  CHECK(small.fingerprint() == file.fingerprint());
  const auto before = small.fingerprint();
  small.append("x");
  CHECK(small.fingerprint() != before);
  small.clear();
  CHECK(small.fingerprint() == Spool().fingerprint());
}

TEST_CASE("what is released of a mapped message is there when it is read again") {
  Spool spool("/tmp", 100);
  const std::string expected = fill(spool, 100000, 7);
  const auto view = spool.view();
  for (std::size_t at = 0; at < view.size(); at += 10000) spool.release(view.substr(at, 10000));
  spool.release("not in it");
  CHECK(spool.view() == expected);
}

TEST_CASE("a spool without a place to write throws, and is good again after clear()") {
  Spool spool("/nonexistent", 10);
  CHECK_THROWS_AS(spool.append("more than ten octets"), std::system_error);
  spool.clear();
  spool.append("few");
  spool.finish();
  CHECK(spool.view() == "few");
  Spool full("/nonexistent", 10);
  full.append("a few");
  CHECK_THROWS_AS(full.append("and more"), std::system_error);
}
