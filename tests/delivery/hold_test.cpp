// SPDX-License-Identifier: MIT
// Deliveries at the same moment that ask whether something was done before.
#include "agent_world.h"
#include "base/process.h"
#include "delivery/tracker_hold.h"

#include <chrono>
#include <csignal>

using namespace fixture;
using namespace std::chrono_literals;

namespace {

constexpr std::int64_t now = 1000;

/// Asks, takes its time, records: the exit status says whether it was the first.
int ask_and_record(const std::string& home, const std::string& key) {
  TrackerHold hold(home, "duplicate");
  const Tracker tracker(home, "duplicate");
  hold.take(key);
  if (tracker.seen(key, now)) return 0;
  usleep(20000);
  tracker.record(key, now, 60);
  return 1;
}

/// A process that holds the key until it is killed.
base::Child holder(const std::string& home, const std::string& key) {
  auto child = base::Child::spawn([&](int pipe) {
    TrackerHold hold(home, "duplicate");
    hold.take(key);
    if (::write(pipe, "x", 1) == 1) pause();
    return 0;
  });
  while (child.output().empty()) child.pump();
  return child;
}

std::chrono::milliseconds time_of(const std::function<void()>& action) {
  const auto begin = std::chrono::steady_clock::now();
  action();
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin);
}

} // namespace

TEST_CASE("hold: of many processes that ask at the same moment one is the first") {
  Directory home;
  std::vector<base::Child> children;
  for (int i = 0; i < 8; ++i)
    children.push_back(base::Child::spawn([&](int) { return ask_and_record(home.path(), "id"); }));
  int first = 0;
  for (auto& child : children) first += child.finish().exit_status;
  CHECK(first == 1);
}

TEST_CASE("hold: it ends with its holder, others wait so long and no longer, other keys do not wait") {
  Directory home;
  auto other = holder(home.path(), "id");
  TrackerHold hold(home.path(), "duplicate", 200ms);
  CHECK(time_of([&] { hold.take("another id"); }) < 150ms);
  CHECK(time_of([&] { hold.take("id"); }) >= 200ms);
  CHECK(time_of([&] { hold.take("id"); }) < 150ms); // all patience is used up
  other.kill(SIGKILL);
  other.finish();
  TrackerHold next(home.path(), "duplicate");
  CHECK(time_of([&] { next.take("id"); }) < 5s);
  CHECK(time_of([&] { next.take("id"); }) < 5s); // what is held is held
}

TEST_CASE("hold: released, the next one has it; a home that is not there holds nobody up") {
  Directory home;
  TrackerHold first(home.path(), "redirect"), second(home.path(), "redirect", 10s);
  first.take("id");
  first.release();
  CHECK(time_of([&] { second.take("id"); }) < 5s);
  TrackerHold nowhere("/nonexistent", "duplicate");
  CHECK(time_of([&] { nowhere.take("id"); }) < 5s);
}

TEST_CASE(
    "hold: one message to two addresses of a user is a duplicate of itself, and nobody waits for an answer") {
  World world;
  world.to("bob");
  world.to("bob+lists");
  Agent agent(world.settings,
              [](const Settings&, const Account&, const sieve::Host& host, const sieve::Input& input) {
                auto outcome = keep(input);
                const bool seen = host.seen("", "id@example.org", 60);
                usleep(100000);
                outcome.implicit_keep = !seen;
                if (seen)
                  act(outcome, sieve::Discard{});
                else
                  act(outcome, sieve::DuplicateMark{"", "id@example.org", 60});
                outcome.implicit_keep = !seen;
                return outcome;
              });
  unsigned delivered = 0;
  CHECK(time_of([&] {
          agent.deliver(world.envelope, world.spool, [&](const mail::Reply& reply) {
            delivered += reply.code == 250;
            return true;
          });
        }) < 5s);
  CHECK(delivered == 2);
  CHECK(world.inbox("bob").size() == 1);
}
