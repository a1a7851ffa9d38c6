// SPDX-License-Identifier: MIT
// Calls that fail between a child and its parent, that fail though they were done, and in one of two
// children.
#include "agent_world.h"
#include "base/lock.h"
#include "base/process.h"
#include "delivery/maildir_folder.h"
#include "delivery/maildir_id.h"
#include "fault.h"

#include <cerrno>
#include <csignal>

using namespace fixture;
using fault::Call;
using fault::Moment;

namespace {

/// A plain keep, in a child in which that happens when it is bob's.
Script for_bob(const std::function<void()>& trap) {
  return [=](const std::string& user, const sieve::Input& input) {
    if (user == "bob") trap();
    return keep(input);
  };
}

void fail_often(Call call, unsigned times, int error) {
  for (unsigned i = 0; i < times; ++i) fault::fail(call, 1, error); // one after the other
}

/// What the test's own process armed is gone at the end.
struct Armed {
  ~Armed() { fault::disarm(); }
};

} // namespace

TEST_CASE("faults: a link or rename that was done is done, whatever its answer") {
  const Armed armed;
  Directory directory;
  auto settings = options();
  settings.unnamed_files = GENERATE(true, false);
  const bool rename = GENERATE(true, false);
  if (rename && settings.unnamed_files) return; // a file without a name is linked
  const auto store = open_maildir(directory / "Maildir", settings);
  store->stage(letter(message), FolderName(), {})->commit();
  if (rename) fault::fail(Call::linkat, 1, EPERM);
  fault::fail(rename ? Call::renameat : Call::linkat, 1, EIO, Moment::after);
  store->stage(letter(message), FolderName(), {})->commit();
  CHECK(names(directory / "Maildir/new").size() == 2);
  CHECK(names(directory / "Maildir/tmp").empty());
}

TEST_CASE("faults: a parent whose calls fail still hears what its children did") {
  const Armed armed;
  World world;
  world.to("bob");
  world.to("eve");
  const auto call = GENERATE(Call::read, Call::poll);
  const auto times = GENERATE(1u, 2u, 5u);
  fail_often(call, times, call == Call::poll ? ENOMEM : EIO);
  const auto replies = world.deliver(plain);
  CHECK(replies[0].code == 250);
  CHECK(replies[1].code == 250);
  CHECK(world.inbox("bob").size() == 1);
  CHECK(world.inbox("eve").size() == 1);
}

TEST_CASE("faults: a report that cannot be read is no 250, and no second copy") {
  World world;
  world.to("bob");
  {
    const Armed armed;
    fail_often(Call::read, 100, EIO);
    CHECK(world.deliver(plain)[0].code == 451);
  }
  CHECK(world.deliver(plain)[0].code == 250);
  CHECK(world.inbox("bob").size() == 1);
}

TEST_CASE("faults: a child whose writes fail tells what it did") {
  World world;
  world.to("bob");
  const auto n = GENERATE(1u, 2u, 3u, 4u, 5u, 6u);
  CHECK(world.deliver(for_bob([&] { fault::fail(Call::write, n, EIO); }))[0].code == 250);
  CHECK(world.inbox("bob").size() == 1);
}

TEST_CASE("faults: one recipient's fault is not the other's") {
  World world;
  world.to("bob");
  world.to("eve");
  world.settings.mail =
      GENERATE(MailLocation{StoreKind::maildir, "~/Maildir"}, MailLocation{StoreKind::mbox, "~/mbox"});
  const auto call = GENERATE(Call::linkat, Call::fsync, Call::fstat, Call::write, Call::writev,
                             Call::unlinkat, Call::ftruncate);
  const auto n = GENERATE(1u, 2u, 4u);
  const bool kill = GENERATE(false, true);
  CAPTURE(static_cast<int>(call), n, kill);
  const auto trap = [&] { kill ? fault::kill_at(call, n, Moment::before) : fault::fail(call, n, EIO); };
  const auto copies = [&](const std::string& user) {
    const std::string mbox = read(world.directory / (user + "/mbox"));
    std::size_t count = world.inbox(user).size();
    for (auto at = mbox.find("Subject: hello"); at != std::string::npos;
         at = mbox.find("Subject: hello", at + 1))
      ++count;
    return count;
  };
  const auto replies = world.deliver(for_bob(trap));
  REQUIRE(replies.size() == 2);
  CHECK(replies[1].code == 250);
  CHECK(copies("eve") == 1);
  if (replies[0].code == 250) {
    CHECK(copies("bob") == 1);
    return;
  }
  CHECK(replies[0].temporary());
  unlink((world.directory / "bob/mbox.lock").c_str()); // of the one that was killed: stale after minutes
  world.envelope.recipients.pop_back();
  CHECK(world.deliver(plain)[0].code == 250);
  CHECK(copies("bob") == 1);
}

TEST_CASE("faults: a dotlock is had or left, also where calls fail") {
  const Armed armed;
  Directory directory;
  const auto path = directory / "box.lock";
  SECTION("linked, and told otherwise") {
    fault::fail(Call::linkat, 1, EIO, Moment::after);
    CHECK(base::Dotlock::try_lock(path));
  }
  SECTION("linked, and nobody can look") {
    fault::fail(Call::fstat, 1, EIO);
    const auto lock = base::Dotlock::try_lock(path);
    CHECK(lock);
    fault::disarm();
  }
  SECTION("not linked") {
    fault::fail(Call::linkat, 1, EIO);
    CHECK_THROWS_AS(base::Dotlock::try_lock(path), std::system_error);
  }
  SECTION("not written") {
    fault::fail(Call::write, 1, ENOSPC);
    CHECK_THROWS_AS(base::Dotlock::try_lock(path), std::system_error);
  }
  CHECK(names(directory.path()).empty());
}

TEST_CASE("faults: a process that is killed while it locks leaves nothing but the lock") {
  Directory directory;
  const auto path = directory / "box.lock";
  const auto moment = GENERATE(Moment::before, Moment::after);
  auto child = base::Child::spawn([&](int) {
    fault::kill_at(Call::linkat, 1, moment);
    base::Dotlock::try_lock(path);
    return 0;
  });
  CHECK(child.finish().signal == SIGKILL);
  CHECK(names(directory.path()).size() == (moment == Moment::after ? 1 : 0));
}

TEST_CASE("faults: a process that is killed while it makes a folder's id leaves what is swept") {
  Directory directory;
  const auto root = directory / "Maildir";
  make_maildir(root, false);
  auto child = base::Child::spawn([&](int) {
    fault::kill_at(Call::linkat, 1, Moment::before);
    maildir_ids(root, true);
    return 0;
  });
  CHECK(child.finish().signal == SIGKILL);
  CHECK(names(root).size() == 3);
  CHECK(names(root + "/tmp").size() == 1);
}
