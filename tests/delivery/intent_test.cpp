// SPDX-License-Identifier: MIT
// Deliveries that are killed on the way, or fail on the way, and the retries that come after them.
#include "agent_world.h"
#include "base/fcntl_lock.h"
#include "base/fd.h"
#include "delivery/intent.h"
#include "fault.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>

using namespace fixture;
using fault::Call;
using fault::Moment;

namespace {

/// Bob's message goes to INBOX, A and B.
sieve::Outcome three_folders(const std::string&, const sieve::Input& input) {
  auto outcome = keep(input);
  act(outcome, into(input, "A", true));
  act(outcome, into(input, "B", true));
  outcome.implicit_keep = true;
  return outcome;
}

/// The script, in a child in which that happens.
Script with(const std::function<void()>& trap, const Script& script) {
  return [=](const std::string& user, const sieve::Input& input) {
    trap();
    return script(user, input);
  };
}

std::size_t messages(const World& world, const std::string& folder) {
  const auto path = world.directory / ("bob/Maildir" + folder);
  return names(path + "/new").size() + names(path + "/cur").size();
}

/// Where bob's records are.
std::filesystem::path intents(const World& world) { return world.directory / "bob/.lastmile/intent"; }

/// Those that hold something.
std::vector<std::string> records(const World& world) {
  auto found = names(intents(world));
  std::erase_if(found,
                [&](const auto& name) { return std::filesystem::file_size(intents(world) / name) == 0; });
  return found;
}

std::size_t count_of(const std::string& text, const std::string& what) {
  std::size_t count = 0;
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++count;
  return count;
}

constexpr const char* folders[] = {"", "/.A", "/.B"};

/// A world in which bob's folders are there, and his first messages.
struct Lived : World {
  Lived() {
    to("bob");
    settings.limits.deadline = std::chrono::seconds(20);
    REQUIRE(deliver(three_folders)[0].code == 250);
    for (const auto* folder : folders) REQUIRE(messages(*this, folder) == 1);
    REQUIRE(records(*this).empty());
  }
};

} // namespace

TEST_CASE("intent: nothing is left of a delivery that was answered, and the same octets come again") {
  Lived world;
  CHECK(world.deliver(plain)[0].code == 250);
  CHECK(world.deliver(plain)[0].code == 250);
  CHECK(messages(world, "") == 3);
  CHECK(records(world).empty());
}

TEST_CASE("intent: a client that is gone before its answer gets one copy for its two attempts") {
  Lived world;
  world.client_is_gone = true;
  CHECK(world.deliver(three_folders)[0].code == 250);
  CHECK(records(world).size() == 1);
  world.client_is_gone = false;
  const auto reply = world.deliver(three_folders)[0];
  CHECK(reply.code == 250);
  CHECK(reply.text.find(" saved in A, B, INBOX") != std::string::npos);
  for (const auto* folder : folders) CHECK(messages(world, folder) == 2);
  CHECK(records(world).empty());
  CHECK(world.deliver(three_folders)[0].code == 250); // a message of its own again
  for (const auto* folder : folders) CHECK(messages(world, folder) == 3);
}

TEST_CASE("intent: a file is used again and again") {
  Lived world;
  CHECK(names(intents(world)) == std::vector<std::string>{"0"});
  struct stat before {
  }, after{};
  REQUIRE(stat((intents(world) / "0").c_str(), &before) == 0);
  CHECK(world.deliver(plain)[0].code == 250);
  REQUIRE(stat((intents(world) / "0").c_str(), &after) == 0);
  CHECK(before.st_ino == after.st_ino);
  CHECK(after.st_size == 0);
}

TEST_CASE("intent: what another message has left stays, until nobody comes back for it") {
  Lived world;
  world.client_is_gone = true;
  CHECK(world.deliver(plain)[0].code == 250);
  REQUIRE(records(world) == std::vector<std::string>{"0"});
  world.client_is_gone = false;
  world.envelope.client.queue_id = "4XyZ";
  CHECK(world.deliver(plain)[0].code == 250); // in a file of its own
  CHECK(records(world) == std::vector<std::string>{"0"});
  CHECK(names(intents(world)).size() == 2);
  SECTION("its retry") {
    world.envelope.client.queue_id = "";
    CHECK(world.deliver(plain)[0].code == 250);
    CHECK(messages(world, "") == 3);
  }
  SECTION("a week") {
    const timespec long_ago[] = {{1, 0}, {1, 0}};
    REQUIRE(utimensat(AT_FDCWD, (intents(world) / "0").c_str(), long_ago, 0) == 0);
    CHECK(world.deliver(plain)[0].code == 250);
    CHECK(messages(world, "") == 4);
  }
  CHECK(records(world).empty());
}

TEST_CASE("intent: nothing is left where the client's answer had to wait for another recipient's deadline") {
  Lived world;
  world.to("eve");
  world.to("bob");
  world.envelope.recipients = {world.envelope.recipients.at(1), world.envelope.recipients.at(2)};
  world.settings.limits.deadline = std::chrono::seconds(1);
  const auto replies = world.deliver([](const std::string& user, const sieve::Input& input) {
    if (user == "eve") std::this_thread::sleep_for(std::chrono::seconds(10));
    return keep(input);
  });
  CHECK(replies.at(0).code == 250); // the script is left out
  CHECK(replies.at(1).code == 250);
  CHECK(records(world).empty());
}

TEST_CASE("intent: who finds all files taken makes another") {
  Lived world;
  const base::Fd holder(open((intents(world) / "0").c_str(), O_RDWR));
  REQUIRE(base::set_fcntl_lock(holder.get(), F_WRLCK) == 0);
  world.client_is_gone = true;
  CHECK(world.deliver(plain)[0].code == 250);
  CHECK(records(world) == std::vector<std::string>{"1"});
  world.client_is_gone = false;
  CHECK(world.deliver(plain)[0].code == 250);
  CHECK(messages(world, "") == 2);
  CHECK(records(world).empty());
}

TEST_CASE("intent: another recipient, sender, queue id or text is another message") {
  Lived world;
  world.client_is_gone = true;
  CHECK(world.deliver(plain)[0].code == 250);
  world.client_is_gone = false;
  SECTION("recipient") { world.envelope.recipients[0].address.local_part = "bob+x"; }
  SECTION("original recipient") { world.envelope.recipients[0].orcpt = "info@example.org"; }
  SECTION("sender") { world.envelope.reverse_path = {}; }
  SECTION("queue id") { world.envelope.client.queue_id = "4XyZ"; }
  SECTION("text") {
    world.spool.append("more\n");
    world.spool.finish();
  }
  CHECK(world.deliver(plain)[0].code == 250);
  CHECK(messages(world, "") == 3);
}

TEST_CASE("intent: killed at each step of the commit, the retry finishes what was begun") {
  Lived world;
  const auto call = GENERATE(Call::linkat, Call::fsync);
  // three files and the record are synced before the first link
  const auto n = GENERATE(1u, 2u, 3u, 4u, 5u, 6u, 7u, 8u);
  const auto moment = GENERATE(Moment::before, Moment::after);
  const auto killed = world.deliver(with([&] { fault::kill_at(call, n, moment); }, three_folders));
  CAPTURE(static_cast<int>(call), n, static_cast<int>(moment));
  if (call == Call::linkat && n > 3) {
    CHECK(killed[0].code == 250);
    return;
  }
  CHECK(killed[0].code == 451);
  CHECK(world.deliver(three_folders)[0].code == 250);
  for (const auto* folder : folders) CHECK(messages(world, folder) == 2);
  CHECK(records(world).empty());
}

TEST_CASE("intent: what a reader has moved and flagged is found") {
  Lived world;
  CHECK(world.deliver(with([] { fault::kill_at(Call::linkat, 3, Moment::after); }, three_folders))[0].code ==
        451);
  const auto path = world.directory / "bob/Maildir/";
  for (const auto& name : names(path + "new"))
    REQUIRE(rename((path + "new/" + name).c_str(), (path + "cur/" + name + ":2,FS").c_str()) == 0);
  CHECK(world.deliver(three_folders)[0].code == 250);
  CHECK(names(path + "cur").size() == 2);
  CHECK(names(path + "new").empty());
}

TEST_CASE("intent: a commit that fails anywhere takes back the others, and the retry delivers once") {
  Lived world;
  const auto call = GENERATE(Call::linkat, Call::fsync);
  const auto n = GENERATE(1u, 2u, 3u, 4u, 5u, 6u, 7u);
  const int error = n % 3 == 0 ? EDQUOT : n % 3 == 1 ? EIO : ENOSPC;
  CAPTURE(static_cast<int>(call), n, error);
  const auto failed = world.deliver(with([&] { fault::fail(call, n, error); }, three_folders))[0];
  if (failed.code == 250) { // there is no fourth link, and the record of intent may fail
    CHECK((call == Call::linkat ? n > 3 : n == 4 || n == 5));
    return;
  }
  for (const auto* folder : folders) CHECK(messages(world, folder) == 1);
  CHECK(failed.temporary());
  CHECK(world.deliver(three_folders)[0].code == 250);
  for (const auto* folder : folders) CHECK(messages(world, folder) == 2);
  CHECK(records(world).empty());
}

TEST_CASE("intent: a copy that could not be taken back is not delivered a second time") {
  Lived world;
  CHECK(world
            .deliver(with(
                [] {
                  fault::kill_at(Call::unlinkat, 1, Moment::before); // the first that is taken back
                  fault::fail(Call::linkat, 2, EIO);
                },
                three_folders))[0]
            .code == 451);
  CHECK(world.deliver(three_folders)[0].code == 250);
  for (const auto* folder : folders) CHECK(messages(world, folder) == 2);
}

TEST_CASE("intent: no second redirect when the delivery dies after it") {
  Lived world;
  world.sendmail(0);
  const auto script = [](const std::string& user, const sieve::Input& input) {
    auto outcome = three_folders(user, input);
    sieve::Redirect redirect;
    redirect.message = snapshot(input);
    redirect.address = {"carol", "example.net"};
    act(outcome, redirect);
    outcome.implicit_keep = true;
    return outcome;
  };
  SECTION("killed") {
    CHECK(world.deliver(with([] { fault::kill_at(Call::linkat, 2, Moment::after); }, script))[0].code == 451);
  }
  SECTION("failed") {
    CHECK(world.deliver(with([] { fault::fail(Call::linkat, 2, EIO); }, script))[0].code == 451);
  }
  CHECK(count_of(read(world.directory / "bob/sent"), "carol@example.net") == 1);
  CHECK(world.deliver(script)[0].code == 250);
  CHECK(count_of(read(world.directory / "bob/sent"), "carol@example.net") == 1);
  for (const auto* folder : folders) CHECK(messages(world, folder) == 2);
}

TEST_CASE("intent: a home that takes no record costs no mail") {
  World world;
  world.to("bob");
  write(world.directory / "bob/.lastmile", "a file in the way");
  world.client_is_gone = true;
  CHECK(world.deliver(three_folders)[0].code == 250);
  for (const auto* folder : folders) CHECK(messages(world, folder) == 1);
}

TEST_CASE("intent: the record of an attempt that lives says nothing") {
  Directory home;
  Intent living(home.path(), "key", 0);
  Place place;
  place.folder = "INBOX";
  place.name = "1.a";
  living.note(place);
  living.commit(false);
  CHECK(Intent(home.path(), "key", 0).places().empty());
}

TEST_CASE("intent: a record that is removed while it is opened is opened again") {
  Directory home;
  Place place;
  place.folder = "INBOX";
  place.name = "1.a";
  const auto write_one = [&](Intent& intent) {
    intent.note(place);
    intent.commit(false);
    CHECK(intent.is_written());
  };
  SECTION("as a cluster filesystem says it") {
    Intent first(home.path(), "key", 0);
    fault::fail(Call::fstat, 1, GENERATE(ENOENT, ESTALE));
    write_one(first);
    fault::disarm();
  }
  SECTION("for good") {
    Intent first(home.path(), "key", 0);
    for (int i = 0; i < 10; ++i) fault::fail(Call::fstat, 1, ESTALE); // one after the other
    first.note(place);
    first.commit(false);
    fault::disarm();
    return; // no record, no mail lost
  }
  SECTION("with its directory") {
    const auto directory = home / ".lastmile/intent";
    Intent(home.path(), "another", 0).note(place); // makes the directory
    REQUIRE(mkdir((home / ".lastmile").c_str(), 0700) == 0);
    REQUIRE(mkdir(directory.c_str(), 0700) == 0);
    Intent first(home.path(), "key", 0);
    REQUIRE(rmdir(directory.c_str()) == 0);
    write_one(first);
  }
  CHECK(Intent(home.path(), "key", 0).places().size() == 1);
}

TEST_CASE("intent: a record is read as far as it is whole") {
  Directory home;
  const auto record = [&] { return home / (".lastmile/intent/" + names(home / ".lastmile/intent").at(0)); };
  {
    Intent intent(home.path(), "key", 0);
    for (const auto* folder : {"A", "B"}) {
      Place place;
      place.folder = folder;
      place.name = "1.a";
      intent.note(place);
    }
    intent.commit(false);
  }
  const std::string whole = read(record());
  {
    const Intent intent(home.path(), "key", 0);
    CHECK(intent.ready());
    REQUIRE(intent.places().size() == 2);
    CHECK(intent.places()[1].folder == "B");
  }
  for (std::size_t size = 0; size < whole.size(); ++size) {
    write(record(), whole.substr(0, size));
    const Intent intent(home.path(), "key", 0);
    CHECK_FALSE(intent.ready());
    CHECK(intent.places().size() <= 2);
    CHECK(whole.starts_with(read(record())));
  }
}

TEST_CASE("intent: in an mbox") {
  World world;
  world.to("bob");
  world.settings.mail = {StoreKind::mbox, "~/mbox", false};
  const auto box = [&] { return read(world.directory / "bob/mbox"); };
  CHECK(world.deliver(plain)[0].code == 250);
  const auto before = box();
  SECTION("killed while writing: what was written goes") {
    CHECK(world.deliver(with([] { fault::kill_at(Call::writev, 1, Moment::half); }, plain))[0].code == 451);
    CHECK(box().size() > before.size());
    CHECK(box().substr(0, before.size()) == before);
  }
  SECTION("killed before the octets are on the disk") {
    CHECK(world.deliver(with([] { fault::kill_at(Call::fsync, 1, Moment::before); }, plain))[0].code == 451);
  }
  SECTION("the client is gone") {
    world.client_is_gone = true;
    CHECK(world.deliver(plain)[0].code == 250);
    world.client_is_gone = false;
  }
  unlink((world.directory / "bob/mbox.lock").c_str()); // of the killed; it would be stale in five minutes
  CHECK(world.deliver(plain)[0].code == 250);
  CHECK(count_of(box(), "Subject: hello") == 2);
  CHECK(count_of(box(), "\nFrom alice@example.org  ") == 1);
  CHECK(box().substr(0, before.size()) == before);
  CHECK(records(world).empty());
}

TEST_CASE("intent: what others wrote into the mbox meanwhile is not touched") {
  World world;
  world.to("bob");
  world.settings.mail = {StoreKind::mbox, "~/mbox", false};
  const auto path = world.directory / "bob/mbox";
  CHECK(world.deliver(plain)[0].code == 250);
  const auto moment = GENERATE(Moment::before, Moment::half);
  CHECK(world.deliver(with([&] { fault::kill_at(Call::writev, 1, moment); }, plain))[0].code == 451);
  unlink((path + ".lock").c_str());
  const std::string other = "\n\nFrom carol  Sat Jan  1 00:00:00 2000\nSubject: other\n\nx\n\n";
  write(path, read(path) + other);
  const auto before = read(path);
  CHECK(world.deliver(plain)[0].code == 250);
  CHECK(read(path).substr(0, before.size()) == before);
  CHECK(count_of(read(path), "From here on") == 2);
}

TEST_CASE("intent: an mbox and a Maildir in one delivery") {
  World world;
  world.to("bob");
  world.settings.folders = {StoreKind::mbox, "~/mail", false};
  const auto box = [&](const std::string& name) {
    return count_of(read(world.directory / ("bob/mail/" + name)), "Subject");
  };
  const auto check = [&](std::size_t copies) {
    CHECK(box("A") == copies);
    CHECK(box("B") == copies);
    CHECK(messages(world, "") == copies);
  };
  SECTION("killed between the mboxes") {
    CHECK(
        world.deliver(with([] { fault::kill_at(Call::writev, 2, Moment::before); }, three_folders))[0].code ==
        451);
  }
  SECTION("killed before the link") {
    CHECK(
        world.deliver(with([] { fault::kill_at(Call::linkat, 1, Moment::before); }, three_folders))[0].code ==
        451);
  }
  SECTION("killed after the link") {
    CHECK(
        world.deliver(with([] { fault::kill_at(Call::linkat, 1, Moment::after); }, three_folders))[0].code ==
        451);
  }
  SECTION("the link fails") {
    CHECK(world.deliver(with([] { fault::fail(Call::linkat, 1, EIO); }, three_folders))[0].code == 451);
    check(0);
  }
  SECTION("the second mbox cannot be written") {
    CHECK(world.deliver(with([] { fault::fail(Call::writev, 2, ENOSPC); }, three_folders))[0].code == 452);
    check(0);
  }
  for (const auto* name : {"A.lock", "B.lock"})
    unlink((world.directory / ("bob/mail/" + std::string(name))).c_str());
  CHECK(world.deliver(three_folders)[0].code == 250);
  check(1);
}

TEST_CASE("intent: a child whose parent died commits nothing") {
  World world;
  world.to("bob");
  int said[2];
  REQUIRE(pipe(said) == 0);
  const pid_t parent = fork();
  REQUIRE(parent >= 0);
  if (parent == 0) {
    close(said[0]);
    world.deliver([&](const std::string&, const sieve::Input& input) {
      const pid_t before = getppid();
      if (::write(said[1], "x", 1) != 1) _exit(1);
      while (getppid() == before) usleep(1000);
      return keep(input);
    });
    _exit(0);
  }
  close(said[1]);
  char c = 0;
  REQUIRE(::read(said[0], &c, 1) == 1);
  REQUIRE(kill(parent, SIGKILL) == 0);
  CHECK(waitpid(parent, nullptr, 0) == parent);
  CHECK(::read(said[0], &c, 1) == 0); // the child has ended too
  close(said[0]);
  CHECK(names(world.directory / "bob/Maildir").size() == 3);
  CHECK(messages(world, "") == 0);
}
