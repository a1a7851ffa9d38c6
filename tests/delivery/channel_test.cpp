// SPDX-License-Identifier: MIT
#include "base/process.h"
#include "delivery/channel.h"
#include "delivery/errors.h"
#include "delivery/milestones.h"
#include "support/catch.h"

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

using namespace delivery;

namespace {

Report reported(std::string_view octets) {
  Report report;
  report.read(octets);
  return report;
}

} // namespace

TEST_CASE("what a child tells arrives whole, or not at all") {
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  Channel channel(ends[1]);
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
  const auto report = reported(octets);
  REQUIRE(report.reply);
  CHECK(report.reply->text == "no\nthanks");
  CHECK(report.notes.at("action") == "keep, vacation");
  const auto reply_starts = octets.find('R');
  for (std::size_t length = reply_starts; length < octets.find("thanks") + 6; ++length)
    CHECK_FALSE(reported(octets.substr(0, length)).reply);
  for (const auto* garbage : {"", "R", "R:", "R5:abc", "R3:999", "X99999999999999999999:", "R1:x"})
    CHECK_FALSE(reported(garbage).reply);
}

TEST_CASE("a report that comes in pieces is read once") {
  constexpr char text[] = "N13:action\0keep 1R15:250\0002.0.0\0savedD0:";
  const std::string octets(text, sizeof text - 1);
  const auto whole = reported(octets);
  REQUIRE(whole.done);
  Report report;
  for (std::size_t length = 0; length <= octets.size(); ++length) report.read(octets.substr(0, length));
  CHECK(report.done);
  CHECK(report.notes == whole.notes);
  CHECK(report.reply->text == whole.reply->text);
}

TEST_CASE("words wait for what follows, and a reply for what follows at once") {
  int ends[2];
  REQUIRE(pipe2(ends, O_NONBLOCK) == 0);
  char buffer[512];
  Channel channel(ends[1]);
  channel.note("action", "keep");
  CHECK(read(ends[0], buffer, sizeof buffer) < 0);
  channel.staging(); // is not said here
  CHECK(read(ends[0], buffer, sizeof buffer) < 0);
  channel.reply_with_next({250, "2.0.0", "saved"});
  CHECK(read(ends[0], buffer, sizeof buffer) < 0);
  channel.reply({451, "4.3.0", "too late"}); // nor is the first one lost by it
  const auto size = read(ends[0], buffer, sizeof buffer);
  close(ends[0]);
  close(ends[1]);
  REQUIRE(size > 0);
  CHECK(reported(std::string(buffer, static_cast<std::size_t>(size))).reply->code == 250);
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
  Milestones milestones;
  auto child = base::Child::spawn([&](int pipe) {
    milestones.be_child();
    const char word = milestones.wait_answered() ? 'y' : 'n';
    return ::write(pipe, &word, 1) == 1 ? 0 : 1;
  });
  pollfd entry{child.fd(), POLLIN, 0};
  CHECK(poll(&entry, 1, 300) == 0);
  SECTION("given") {
    milestones.tell_answered(true);
    CHECK(child.finish().output == "y");
  }
  SECTION("not given") {
    milestones.tell_answered(false);
    CHECK(child.finish().output == "n");
  }
}

TEST_CASE("a dead child's parent knows whether it had begun to stage") {
  Milestones milestones;
  auto child = base::Child::spawn([&](int pipe) {
    milestones.be_child();
    Channel channel(pipe, &milestones);
    channel.note("action", "keep");
    channel.staging();
    channel.staging();
    return raise(SIGKILL);
  });
  CHECK(child.finish().signal == SIGKILL);
  CHECK(milestones.staging_began());
  CHECK_FALSE(milestones.staging_began()); // said once
}

TEST_CASE("a child that cannot say that it begins does not begin") {
  Milestones milestones;
  milestones.be_child();
  Channel channel(-1, &milestones);
  CHECK_THROWS_AS(channel.staging(), std::system_error);
}

TEST_CASE("a child gets the way to its runner, before or after the word that the client was answered") {
  Milestones milestones;
  auto child = base::Child::spawn([&](int pipe) {
    milestones.be_child();
    Channel channel(pipe, &milestones);
    const int runner = milestones.runner(channel);
    const bool same = runner == milestones.runner(channel); // is asked for once
    const bool answered = milestones.wait_answered() && milestones.wait_answered();
    if (runner < 0) return answered ? 2 : 3;
    return same && answered && ::write(runner, "y", 1) == 1 ? 0 : 1;
  });
  milestones.be_parent();
  auto pair = base::make_socket_pair();
  const bool early = GENERATE(false, true);
  if (early) milestones.tell_answered(true);
  SECTION("there is one") {
    milestones.pass_runner(pair.second);
    if (!early) milestones.tell_answered(true);
    char word = 0;
    CHECK(::read(pair.first.get(), &word, 1) == 1);
    CHECK(word == 'y');
    const auto result = child.finish();
    CHECK(result.exit_status == 0);
    CHECK(reported(result.output).wants_runner);
    CHECK(result.output == "P0:");
  }
  SECTION("there is none") {
    milestones.pass_runner({});
    if (!early) milestones.tell_answered(true);
    CHECK(child.finish().exit_status == 2);
  }
  SECTION("the parent dies") {
    milestones = Milestones();
    CHECK(child.finish().exit_status == (early ? 2 : 3));
  }
}
