// SPDX-License-Identifier: MIT
// Quota as users meet it: warnings, limits of an mbox and of the users file, what filesystems say.
#include "agent_world.h"
#include "delivery/errors.h"
#include "fault.h"

#include <cerrno>

using namespace fixture;

namespace {

std::size_t warnings(const World& world) {
  std::size_t count = 0;
  for (const auto& name : names(world.directory / "bob/Maildir/new"))
    if (read(world.directory / ("bob/Maildir/new/" + name)).find("Subject: Your mailbox is") !=
        std::string::npos)
      ++count;
  return count;
}

} // namespace

TEST_CASE("quota: a warning for each crossing, of the highest threshold") {
  World world;
  world.to("bob");
  world.settings.quota.messages = 10;
  world.settings.quota_warnings = {30, 50, 80};
  world.settings.quota_warning_text = "It is {percent}% full.";
  const auto deliver = [&] { REQUIRE(world.deliver(plain)[0].code == 250); };
  deliver(); // 1
  deliver(); // 2
  CHECK(warnings(world) == 0);
  deliver(); // 3 of 10, and the warning is the fourth
  CHECK(warnings(world) == 1);
  CHECK(read(world.directory / "bob/Maildir/maildirsize").find("\n") != std::string::npos);
  deliver(); // 5: another
  CHECK(warnings(world) == 2);
  deliver(); // 7
  CHECK(warnings(world) == 2);
  deliver(); // 8: the last, which is the ninth
  CHECK(warnings(world) == 3);
  deliver(); // 10
  CHECK(warnings(world) == 3);
  CHECK(world.deliver(plain)[0].code == 452);
  CHECK(warnings(world) == 3);
}

TEST_CASE("quota: a warning goes into a mailbox that it makes too full") {
  World world;
  world.to("bob");
  world.settings.quota.messages = 1;
  world.settings.quota_warnings = {100};
  world.settings.quota_warning_text = "It is {percent}% full.";
  CHECK(world.deliver(plain)[0].code == 250);
  CHECK(warnings(world) == 1);
  CHECK(world.inbox("bob").size() == 2);
}

TEST_CASE("quota: an mbox is limited by its size, and warned of") {
  World world;
  world.to("bob");
  world.settings.mail = {StoreKind::mbox, "~/mbox", false};
  world.settings.quota.storage = 900;
  world.settings.quota_warnings = {20};
  world.settings.quota_warning_text = "It is {percent}% full.";
  CHECK(world.deliver(plain)[0].code == 250);
  CHECK(read(world.directory / "bob/mbox").find("Subject: Your mailbox is 20% full") != std::string::npos);
  world.settings.quota_warnings.clear();
  int code = 250;
  for (int i = 0; i < 5 && code == 250; ++i) code = world.deliver(plain)[0].code;
  CHECK(code == 452);
  CHECK(read(world.directory / "bob/mbox").size() <= 1000); // judged without its From_ line
}

TEST_CASE("quota: what lies in the trash, or in another store, is not counted") {
  World world;
  world.to("bob");
  world.settings.quota.messages = 2;
  const auto deliver_into = [&](const std::string& folder) {
    return world
        .deliver([&](const std::string&, const sieve::Input& input) {
          auto outcome = keep(input);
          act(outcome, into(input, folder, true));
          return outcome;
        })[0]
        .code;
  };
  CHECK(world.deliver(plain)[0].code == 250);
  SECTION("trash") {
    for (int i = 0; i < 3; ++i) CHECK(deliver_into("Trash/Old") == 250);
    CHECK(deliver_into("Trash") == 250);
  }
  SECTION("mbox files beside a Maildir") {
    world.settings.folders = {StoreKind::mbox, "~/mail", false};
    for (int i = 0; i < 3; ++i) CHECK(deliver_into("Box") == 250);
  }
  CHECK(deliver_into("INBOX") == 250);
  CHECK(world.deliver(plain)[0].code == 452);
  SECTION("a full mailbox still takes what goes into the trash") { CHECK(deliver_into("Trash") == 250); }
}

TEST_CASE("quota: the users file has the last word") {
  World world;
  auto users = read(world.directory / "users");
  users.insert(users.find(":\n") + 1, ":quota=1messages");
  write(world.directory / "users", users);
  world.settings.quota.messages = 100;
  world.to("bob");
  world.to("eve");
  CHECK(world.deliver(plain)[0].code == 250);
  const auto replies = world.deliver(plain);
  CHECK(replies[0].code == 452);
  CHECK(replies[1].code == 250); // the other recipient is not touched by it
}

TEST_CASE("quota: of the filesystem") {
  World world;
  world.to("bob");
  world.settings.quota_full = GENERATE(QuotaFull::tempfail, QuotaFull::reject);
  const auto replies = world.deliver([](const std::string& user, const sieve::Input& input) {
    fault::fail(fault::Call::writev, 1, EDQUOT);
    return plain(user, input);
  });
  CHECK(replies[0].enhanced == (world.settings.quota_full == QuotaFull::reject ? "5.2.2" : "4.2.2"));
  CHECK(world.inbox("bob").empty());
}
