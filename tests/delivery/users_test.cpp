// SPDX-License-Identifier: MIT
// Where users come from, and as whom their mail is delivered.
#include "agent_world.h"
#include "base/process.h"
#include "delivery/account_files.h"
#include "delivery/errors.h"
#include "delivery/privileges.h"
#include "delivery/users_passwd.h"
#include "delivery/valid_since.h"

#include <grp.h>
#include <pwd.h>
#include <stdexcept>

using namespace fixture;

namespace {

/// What `body` writes, in a process of its own: becoming somebody is for good.
std::string in_child(const std::function<std::string()>& body) {
  auto child = base::Child::spawn([&](int pipe) {
    std::string text;
    try {
      text = body();
    } catch (const Failure& failure) {
      text = failure.what();
    }
    base::write_all(pipe, text);
    return 0;
  });
  return child.finish().output;
}

std::string ids() {
  uid_t uid[3];
  gid_t gid[3];
  if (getresuid(&uid[0], &uid[1], &uid[2]) != 0 || getresgid(&gid[0], &gid[1], &gid[2]) != 0)
    return "unknown";
  std::string text;
  for (const auto id : uid) text += std::to_string(id) + " ";
  for (const auto id : gid) text += std::to_string(id) + " ";
  return text + std::to_string(getgroups(0, nullptr));
}

User virtual_user() {
  User user;
  user.name = "virtual";
  user.uid = 12345;
  user.gid = 12346;
  return user;
}

} // namespace

TEST_CASE("users = system: those of NSS, by their bare name") {
  const auto users = system_users();
  const passwd* self = getpwuid(geteuid());
  if (self == nullptr) return; // a container's user without a name
  const auto found = users->find({self->pw_name, "example.org"});
  REQUIRE(found);
  CHECK(found->uid == geteuid());
  CHECK(found->home == self->pw_dir);
  CHECK(found->system_groups);
  CHECK_FALSE(found->make_home);
  CHECK_FALSE(users->find({"there-is-no-such-user", ""}));
  CHECK_FALSE(users->fallback_postmaster());
}

TEST_CASE("accounts of a static program: passwd(5) and group(5) read as they are") {
  Directory top;
  write(top / "passwd", "root:x:0:0::/root:/bin/sh\n# no entry\nanne:x:1001:1002:Anne:/home/anne:/bin/sh\n");
  write(top / "group",
        "staff:x:50:ben,anne\nanne:x:1002:anne\nannex:x:51:annex\nempty:x:52:\nlast:x:53:anne");
  const auto named = [](const char* name) {
    return [name](const passwd& entry) { return std::string(name) == entry.pw_name; };
  };
  const auto anne = user_in(top / "passwd", named("anne"));
  REQUIRE(anne);
  CHECK(anne->uid == 1001);
  CHECK(anne->gid == 1002);
  CHECK(anne->home == "/home/anne");
  CHECK(anne->system_groups);
  CHECK_FALSE(user_in(top / "passwd", named("ben")));
  CHECK(groups_in(top / "group", *anne) == std::vector<gid_t>{1002, 50, 53});
  CHECK(group_in(top / "group", "annex") == gid_t{51});
  CHECK_FALSE(group_in(top / "group", "nobody-at-all"));
  CHECK_THROWS_AS(user_in(top / "none", named("anne")), std::system_error);
  CHECK_THROWS_AS(group_in(top / "none", "anne"), std::system_error);
  CHECK_THROWS_AS(groups_in(top / "none", *anne), std::system_error);
}

TEST_CASE("users = self: the user of the process, who is the postmaster too") {
  const auto users = self_user();
  const auto self = users->fallback_postmaster();
  REQUIRE(self);
  CHECK(self->uid == geteuid());
  REQUIRE(users->find({self->name, "example.org"}));
  CHECK_FALSE(users->find({"x" + self->name, ""}));
}

TEST_CASE("users = dir: who has a directory exists, and its owner delivers") {
  Directory top;
  REQUIRE(mkdir((top / "example.org").c_str(), 0755) == 0);
  const auto home = top / "example.org/anne";
  REQUIRE(mkdir(home.c_str(), 0700) == 0);
  REQUIRE(chown(home.c_str(), user_id(), group_id()) == 0);
  write(top / "example.org/file", "no directory");
  const auto users = directory_users(top.path() + "/{domain}/{local}");
  const auto anne = users->find({"anne", "example.org"});
  REQUIRE(anne);
  CHECK(anne->name == "anne@example.org");
  CHECK(anne->home == home);
  CHECK(anne->uid == user_id());
  CHECK(anne->gid == group_id());
  CHECK_FALSE(anne->system_groups);
  CHECK_FALSE(users->find({"ben", "example.org"}));
  CHECK_FALSE(users->find({"file", "example.org"}));
  CHECK_FALSE(users->find({"anne", "example.net"}));
  CHECK_FALSE(users->find({"anne", ""})); // the template would name the domain's directory
}

TEST_CASE("users = dir: a directory that cannot be looked at is no proof that nobody is there") {
  Directory top;
  write(top / "loop-a", "");
  REQUIRE(unlink((top / "loop-a").c_str()) == 0);
  REQUIRE(symlink("loop-b", (top / "loop-a").c_str()) == 0);
  REQUIRE(symlink("loop-a", (top / "loop-b").c_str()) == 0);
  const auto users = directory_users(top.path() + "/{local}");
  CHECK_THROWS_AS(users->find({"loop-a", ""}), Failure);
}

TEST_CASE("users = passwd: the options of a line") {
  const auto user = parse_passwd_line("anne:x:1001:1002:Anne:/home/anne:/bin/sh:"
                                      "quota=1G addresses=a@example.org,info@example.org since=2026-11-21");
  CHECK(user.uid == 1001);
  CHECK(user.gid == 1002);
  CHECK(user.quota->storage == 1ull << 30);
  CHECK(user.addresses == std::vector<std::string>{"a@example.org", "info@example.org"});
  CHECK(user.since == 1795219200);
  CHECK(parse_passwd_line("anne:::::/home/anne:").uid == geteuid());
  CHECK_THROWS_AS(parse_passwd_line(std::string("anne:::::/home/an\0ne:", 20)), Failure);
  CHECK(parse_passwd_line("a:::::/a::since=2026-11-21T01:00:00+01:00").since == 1795219200);
  CHECK_FALSE(parse_passwd_line("a:::::/a:").since);
  for (const auto* wrong : {"a:1:2", "a:::::relative:", "a::x:::/a:", "a::::/a", "a:::::/a::colour=red",
                            "a:::::/a::since=yesterday", "a:::::/a::quota=much"})
    CHECK_THROWS_AS(parse_passwd_line(wrong), Failure);
}

TEST_CASE("becoming the recipient is for good; the mail group stays within reach, until a program runs") {
  if (geteuid() != 0) {
    User self;
    self.uid = geteuid();
    CHECK(in_child([&] {
            become(self, {});
            return std::string("done");
          }) == "done");
    CHECK(in_child([&] {
            become(virtual_user(), {});
            return ids();
          }).find("another user") != std::string::npos);
    return;
  }
  CHECK(in_child([] {
          become(virtual_user(), {});
          return ids();
        }) == "12345 12345 12345 12346 12346 12346 1");
  CHECK(in_child([] {
          become(virtual_user(), 54321);
          return ids();
        }) == "12345 12345 12345 12346 12346 54321 1");
  CHECK(in_child([] {
          become(virtual_user(), 54321);
          drop_mail_group();
          return ids();
        }) == "12345 12345 12345 12346 12346 12346 1");
  CHECK(in_child([] {
          become(virtual_user(), 54321);
          return std::string(setuid(0) == 0 || setegid(0) == 0 ? "came back" : "gone");
        }) == "gone");
  User root = virtual_user();
  root.uid = 0;
  CHECK(in_child([&] {
          become(root, {});
          return ids();
        }) == "mail is never delivered as root");
}

TEST_CASE("mail-group is a group, or nothing") {
  CHECK_FALSE(find_group(""));
  const group* own = getgrgid(getegid());
  if (own != nullptr) CHECK(find_group(own->gr_name) == own->gr_gid);
  CHECK_THROWS_AS(find_group("there-is-no-such-group"), std::invalid_argument);
}

TEST_CASE("pipe: a program of the directory gets the message, arguments and a clean environment") {
  World world;
  world.to("bob");
  world.settings.programs = world.directory.path();
  const auto program = [&](const std::string& body) {
    write(world.directory / "note", "#!/bin/sh\n" + body);
    chmod((world.directory / "note").c_str(), 0755);
  };
  const auto pipe_to = [&](const std::string& name, bool try_only) {
    return world.deliver([&](const std::string&, const sieve::Input& input) {
      auto outcome = keep(input);
      sieve::Pipe pipe;
      pipe.message = snapshot(input);
      pipe.program = name;
      pipe.arguments = {"one two", "*"};
      pipe.try_only = try_only;
      act(outcome, pipe);
      return outcome;
    })[0];
  };
  const auto noted = world.directory / "bob/noted";
  SECTION("it runs as the recipient, at home") {
    program("{ pwd; id -u; echo \"$# $1 $2\"; env | sort; } > noted\ncat >> noted\n");
    CHECK(pipe_to("note", false).code == 250);
    CHECK(world.inbox("bob").empty());
    const auto text = read(noted);
    CHECK(text.find(world.directory / "bob\n" + std::to_string(user_id()) + "\n2 one two *\n") == 0);
    CHECK(text.find("RECIPIENT=bob@example.com\nSENDER=alice@example.org\n") != std::string::npos);
    CHECK(text.find(std::string("\n") + message) != std::string::npos);
  }
  SECTION("one that fails, tried or not: the mail is in the inbox all the same") {
    program("exit 1\n");
    CHECK(pipe_to("note", GENERATE(true, false)).code == 250);
    CHECK(world.inbox("bob").size() == 1);
  }
  SECTION("one that worked is not run again when the mailbox fails and the client tries again") {
    program("echo once >> noted\n");
    world.settings.quota.storage = 1;
    const auto script = [&](const std::string&, const sieve::Input& input) {
      auto outcome = keep(input);
      sieve::Pipe pipe;
      pipe.message = snapshot(input);
      pipe.program = "note";
      act(outcome, pipe);
      act(outcome, into(input, "Good", true));
      return outcome;
    };
    CHECK(world.deliver(script)[0].code == 452);
    world.settings.quota.storage = 0;
    CHECK(world.deliver(script)[0].code == 250);
    CHECK(read(noted) == "once\n");
  }
  SECTION("names lead nowhere else") {
    program("exit 0\n");
    CHECK(pipe_to(GENERATE(as<std::string>(), "../note", "bob/../note", "", ".note", "/bin/true"), false)
              .code == 250);
    CHECK(world.inbox("bob").size() == 1);
  }
}

TEST_CASE("RRVS: mail for an earlier owner is refused, at RCPT or by its header") {
  World world;
  write(world.directory / "users", "bob::" + std::to_string(user_id()) + ":" + std::to_string(group_id()) +
                                       "::" + world.directory / "bob::since=2020-06-01\n");
  auto& bob = world.to("bob");
  Agent agent(world.settings, {});
  const auto ask = [&](std::optional<std::int64_t> rrvs) {
    bob.rrvs = rrvs;
    return agent.recipient(world.envelope, bob).enhanced;
  };
  CHECK(ask(std::nullopt) == "2.1.5");
  CHECK(ask(1590969600) == "2.1.5"); // that very midnight
  CHECK(ask(1590969599) == "5.7.17");
  bob.rrvs.reset();
  const auto deliver = [&](const std::string& value) {
    world.spool.clear();
    world.spool.append("Require-Recipient-Valid-Since: " + value + "\n" + message);
    world.spool.finish();
    return world.deliver([](const std::string&, const sieve::Input& input) { return keep(input); })[0]
        .enhanced;
  };
  CHECK(deliver("bob@example.com;\n Sun, 31 May 2020 23:59:59 +0000") == "5.7.17");
  CHECK(deliver("bob@EXAMPLE.com; Mon, 01 Jun 2020 02:00:00 +0200") == "2.0.0");
  CHECK(deliver("eve@example.com; Sat, 01 Jan 2000 00:00:00 +0000") == "2.0.0");
  CHECK(deliver("bob@example.com; long ago") == "2.0.0");
  CHECK(deliver("bob@example.com") == "2.0.0");
  CHECK(knows_since_when(world.settings.users));
  CHECK_FALSE(knows_since_when({UsersKind::system, ""}));
}
