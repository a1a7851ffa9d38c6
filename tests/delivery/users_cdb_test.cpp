// SPDX-License-Identifier: MIT
#include "agent_world.h"
#include "config.h"
#include "delivery/errors.h"
#include "delivery/user.h"
#include "delivery/users_cdb.h"

#include <ctime>
#include <stdexcept>
#include <system_error>

using namespace fixture;

#ifdef HAVE_CDB

namespace {

struct Users {
  Directory directory;
  std::string lines = directory / "users";
  std::string database = directory / "users.cdb";

  void compile(const std::string& text) {
    write(lines, text);
    compile_users(lines, database);
  }
  std::string faults(const std::string& text) {
    try {
      compile(text);
    } catch (const CompileError& error) {
      return error.what();
    }
    return {};
  }
  /// The home of a user, or "none".
  std::string home(const std::string& local, const std::string& domain = "example.org") const {
    const auto user = cdb_users(database)->find({local, domain});
    return user ? user->home : "none";
  }

  void compile_many(std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i)
      text += "user" + std::to_string(i) + "::2000:2000::/srv/mail/" + std::to_string(i) + "::quota=1G\n";
    compile(text);
  }
};

/// Processor seconds of so many lookups, half of them of nobody.
double time_of_lookups(const Users& users, std::size_t among) {
  const auto source = cdb_users(users.database);
  const auto start = clock();
  for (std::size_t i = 0; i < 4000; ++i) {
    const auto name = (i % 2 ? "user" : "nobody") + std::to_string(i * 7919 % among);
    if (source->find({name, ""}).has_value() != (i % 2 == 1)) return -1;
  }
  return static_cast<double>(clock() - start) / CLOCKS_PER_SEC;
}

} // namespace

TEST_CASE("users = cdb: the lines of the file") {
  Users users;
  users.compile("# people\n\nbob::2000:2001:Bob:/srv/bob::quota=5M addresses=b@example.org\n"
                "info@a.example:::::/srv/a:\n  info:::::/srv/info:  \n");
  CHECK(users.home("bob") == "/srv/bob");
  CHECK(users.home("bob", "") == "/srv/bob");
  CHECK(users.home("info", "a.example") == "/srv/a");
  CHECK(users.home("info", "b.example") == "/srv/info");
  for (const auto* name : {"bo", "bobb", "#", "# people", ""}) CHECK(users.home(name) == "none");
  const auto bob = cdb_users(users.database)->find({"bob", ""});
  REQUIRE(bob);
  CHECK(bob->uid == 2000);
  CHECK(bob->gid == 2001);
  CHECK(bob->quota->storage == 5u << 20);
  CHECK(bob->addresses == std::vector<std::string>{"b@example.org"});
}

TEST_CASE("users = cdb: a long connection sees the database that replaced another") {
  Users users;
  users.compile("bob:::::/srv/old:\n");
  const auto source = cdb_users(users.database);
  CHECK(source->find({"bob", ""})->home == "/srv/old");
  users.compile("bob:::::/srv/new:\n");
  CHECK(source->find({"bob", ""})->home == "/srv/new");
}

TEST_CASE("users = cdb: all wrong lines are named, and the old database stays") {
  Users users;
  users.compile("bob:::::/srv/bob:\n");
  const auto faults =
      users.faults("bob:::::/srv/new:\nanne:1\n\n:::::/x:\nbob:::::/srv/b:\neve:::::/e::x=1\n");
  CHECK(faults == users.lines + ":2: users: anne: fewer than 6 fields\n" + users.lines +
                      ":4: a line without a name\n" + users.lines + ":5: bob was named before, in line 1\n" +
                      users.lines + ":6: users: eve: unknown option x");
  CHECK(users.home("bob") == "/srv/bob");
  CHECK(names(users.directory.path()).size() == 2);
}

TEST_CASE("users = cdb: the database has the mode of the file") {
  Users users;
  write(users.lines, "bob:::::/srv/bob:\n");
  REQUIRE(chmod(users.lines.c_str(), 0640) == 0);
  compile_users(users.lines, users.database);
  struct stat status {};
  REQUIRE(stat(users.database.c_str(), &status) == 0);
  CHECK((status.st_mode & 07777) == 0640);
}

TEST_CASE("users = cdb: what cannot be read is no missing user") {
  Users users;
  CHECK_THROWS_AS(users.home("bob"), std::system_error);
  write(users.database, "no database");
  CHECK_THROWS_AS(users.home("bob"), std::system_error);
  users.compile("bob:::::/srv/bob:\n");
  const auto whole = read(users.database);
  write(users.database, whole.substr(0, whole.size() - 8)); // cut short
  CHECK_THROWS_AS(users.home("bob"), std::system_error);
  CHECK_THROWS_AS(compile_users(users.directory / "none", users.database), std::system_error);
  CHECK_THROWS_AS(compile_users(users.lines, users.directory / "none/users.cdb"), std::system_error);
}

TEST_CASE("users = cdb: mail is delivered to them") {
  World world;
  compile_users(world.directory / "users", world.directory / "users.cdb");
  chmod((world.directory / "users.cdb").c_str(), 0644);
  world.settings.users = {UsersKind::cdb, world.directory / "users.cdb"};
  world.to("bob");
  world.to("nobody-here");
  const auto replies = world.deliver(plain);
  CHECK(replies[0].code == 250);
  CHECK(replies[1].enhanced == "5.1.1");
  CHECK(world.inbox("bob").size() == 1);
}

TEST_CASE("users = cdb: a lookup costs the same among many") {
  Users few, many;
  few.compile_many(100);
  many.compile_many(20000);
  const double among_few = time_of_lookups(few, 100);
  const double among_many = time_of_lookups(many, 20000);
  REQUIRE(among_few > 0);
  REQUIRE(among_many > 0);
  CHECK(among_many < 10 * among_few); // read from end to end it would be two hundred times
}

TEST_CASE("users = cdb: a million", "[.][million]") {
  Users few, many;
  few.compile_many(100);
  many.compile_many(1000000);
  const double among_few = time_of_lookups(few, 100);
  const double among_many = time_of_lookups(many, 1000000);
  WARN("4000 lookups: " << among_few << " s among 100 users, " << among_many << " s among a million");
  CHECK(among_many < 10 * among_few);
}

#else

TEST_CASE("users = cdb: a program without it says so") {
  CHECK_THROWS_AS(open_users({UsersKind::cdb, "/etc/users.cdb"}), std::invalid_argument);
}

#endif
