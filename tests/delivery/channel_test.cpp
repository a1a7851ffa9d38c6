// SPDX-License-Identifier: MIT
#include "base/process.h"
#include "delivery/answered.h"
#include "delivery/channel.h"
#include "delivery/errors.h"
#include "support/catch.h"

#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

using namespace delivery;

TEST_CASE("what a child tells arrives whole, or not at all") {
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  Channel channel(ends[1]);
  channel.staging();
  channel.staging();
  channel.note("action", "keep");
  channel.note("action", "vacation");
  channel.reply({550, "5.7.1", "no\nthanks"});
  channel.reply({250, "2.0.0", "too late"});
  close(ends[1]);
  char buffer[512];
  const auto size = read(ends[0], buffer, sizeof buffer);
  close(ends[0]);
  REQUIRE(size > 0);
  const std::string octets(buffer, static_cast<std::size_t>(size));
  const auto report = parse_report(octets);
  CHECK(report.staging);
  REQUIRE(report.reply);
  CHECK(report.reply->text == "no\nthanks");
  CHECK(report.notes.at("action") == "keep, vacation");
  const auto reply_starts = octets.find('R');
  for (std::size_t length = reply_starts; length < octets.find("thanks") + 6; ++length)
    CHECK_FALSE(parse_report(octets.substr(0, length)).reply);
  for (const auto* garbage : {"", "R", "R:", "R5:abc", "R3:999", "X99999999999999999999:", "R1:x"})
    CHECK_FALSE(parse_report(garbage).reply);
}

TEST_CASE("words wait for what follows, and a reply for what follows at once") {
  int ends[2];
  REQUIRE(pipe2(ends, O_NONBLOCK) == 0);
  char buffer[512];
  Channel channel(ends[1]);
  channel.note("action", "keep");
  CHECK(read(ends[0], buffer, sizeof buffer) < 0);
  channel.staging();
  CHECK(read(ends[0], buffer, sizeof buffer) > 0);
  channel.reply_with_next({250, "2.0.0", "saved"});
  CHECK(read(ends[0], buffer, sizeof buffer) < 0);
  channel.reply({451, "4.3.0", "too late"}); // nor is the first one lost by it
  const auto size = read(ends[0], buffer, sizeof buffer);
  close(ends[0]);
  close(ends[1]);
  REQUIRE(size > 0);
  CHECK(parse_report(std::string(buffer, static_cast<std::size_t>(size))).reply->code == 250);
}

TEST_CASE("errno becomes a reply: temporary but for a full mailbox") {
  const auto reply = [](int error, QuotaFull full) {
    return reply_for(std::error_code(error, std::generic_category()), full);
  };
  CHECK(reply(ENOSPC, QuotaFull::reject).enhanced == "4.3.1");
  CHECK(reply(EACCES, QuotaFull::reject).temporary());
  CHECK(reply(EIO, QuotaFull::reject).temporary());
  CHECK(reply(12345, QuotaFull::reject).code == 451);
  CHECK(reply(EDQUOT, QuotaFull::reject).code == 552);
  CHECK(reply(EDQUOT, QuotaFull::tempfail).code == 452);
  CHECK(reply(EFBIG, QuotaFull::tempfail).enhanced == "4.2.2");
}

TEST_CASE("a child waits for the word of its parent as long as the parent lives") {
  Answered answered;
  auto child = base::Child::spawn([&](int pipe) {
    answered.be_child();
    const char word = answered.wait() ? 'y' : 'n';
    return ::write(pipe, &word, 1) == 1 ? 0 : 1;
  });
  pollfd entry{child.fd(), POLLIN, 0};
  CHECK(poll(&entry, 1, 300) == 0);
  SECTION("given") {
    answered.tell(true);
    CHECK(child.finish().output == "y");
  }
  SECTION("not given") {
    answered.tell(false);
    CHECK(child.finish().output == "n");
  }
}
