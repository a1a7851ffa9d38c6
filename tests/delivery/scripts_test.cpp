// SPDX-License-Identifier: MIT
#include "delivery/account.h"
#include "delivery/errors.h"
#include "delivery/script_file.h"
#include "delivery/scripts.h"
#include "delivery/settings.h"
#include "fixture.h"
#include "support/catch.h"

#include <system_error>

using namespace delivery;
using namespace fixture;

namespace {

struct Scripts {
  Directory home;
  Settings settings;
  Account account;
  sieve::Host host;

  Scripts() { account.user.home = home.path(); }

  void script(const std::string& name, const std::string& source) {
    write(home / name, source);
    chmod((home / name).c_str(), 0644);
  }

  sieve::Outcome run() {
    sieve::Input input;
    input.octets = message;
    return run_scripts(settings, account, host, input);
  }
};

bool discards(const sieve::Outcome& outcome) {
  for (const auto& action : outcome.actions)
    if (std::holds_alternative<sieve::Keep>(action.what)) return false;
  return !outcome.implicit_keep;
}

} // namespace

TEST_CASE("a personal script belongs to the user or to root, and so does a link to it") {
  Scripts s;
  s.script("real.sieve", "keep;");
  REQUIRE(symlink("real.sieve", (s.home / ".dovecot.sieve").c_str()) == 0);
  CHECK(read_script(s.home / ".dovecot.sieve", s.home.path()) == "keep;");
  CHECK_FALSE(read_script(s.home / "none", s.home.path()));
  REQUIRE(symlink("nowhere", (s.home / "dangling").c_str()) == 0);
  CHECK_FALSE(read_script(s.home / "dangling", s.home.path()));
  chmod((s.home / "real.sieve").c_str(), 0666);
  CHECK_THROWS_AS(read_script(s.home / "real.sieve", s.home.path()), Failure);
  REQUIRE(mkfifo((s.home / "fifo").c_str(), 0600) == 0);
  CHECK_THROWS_AS(read_script(s.home / "fifo", s.home.path()), Failure);
  write(s.home / "large", std::string(1024 * 1024 + 1, '#'));
  chmod((s.home / "large").c_str(), 0644);
  CHECK_THROWS_AS(read_script(s.home / "large", s.home.path()), std::system_error);
  if (geteuid() == 0) {
    s.script("other", "keep;");
    REQUIRE(chown((s.home / "other").c_str(), 12345, 12345) == 0);
    CHECK_THROWS_AS(read_script(s.home / "other", s.home.path()), Failure);
    CHECK(read_script(s.home / "other", ""));
  }
}

TEST_CASE("links to a personal script stay in the home, or in the directory of a path elsewhere") {
  Scripts s;
  Directory outside;
  s.script("real.sieve", "keep;");
  write(outside / "real.sieve", "stop;");
  chmod((outside / "real.sieve").c_str(), 0644);
  const auto link = [](const std::string& from, const std::string& to) {
    REQUIRE(symlink(to.c_str(), from.c_str()) == 0);
    return from;
  };
  CHECK(read_script(link(s.home / "absolute", s.home / "real.sieve"), s.home.path()) == "keep;");
  const auto out = link(s.home / "out", outside / "real.sieve");
  CHECK_THROWS_AS(read_script(out, s.home.path()), Failure);
  CHECK(read_script(out, "") == "stop;");
  CHECK(read_script(link(outside / "active", "real.sieve"), s.home.path()) == "stop;");
  CHECK(read_script(link(outside / "his", s.home / "real.sieve"), s.home.path()) == "keep;");
  CHECK_THROWS_AS(read_script(link(outside / "passwd", "/etc/passwd"), s.home.path()), Failure);
}

TEST_CASE("a directory of scripts is read in byte order") {
  Scripts s;
  for (const auto* name : {"b.sieve", "a.sieve", "B.sieve", "c.txt", ".x.sieve"}) s.script(name, "keep;");
  const auto paths = script_paths(s.home.path());
  REQUIRE(paths.size() == 3);
  CHECK(paths[0] == s.home / "B.sieve");
  CHECK(paths[2] == s.home / "b.sieve");
}

TEST_CASE("the first personal script that exists is the user's; without one the default") {
  Scripts s;
  s.settings.script_default = s.home / "default";
  s.script("default", "discard;");
  CHECK(discards(s.run()));
  s.script(".dovecot.sieve", "keep;");
  CHECK_FALSE(discards(s.run()));
  s.script(".sieve", "discard;");
  CHECK(discards(s.run()));
}

TEST_CASE("a later script runs while a keep is in force, and decides on it") {
  Scripts s;
  s.settings.scripts_before = {s.home / "before"};
  s.settings.scripts_after = {s.home / "after"};
  s.script(".sieve", "keep;");
  CHECK_FALSE(discards(s.run()));
  s.script("after", "discard;");
  CHECK(discards(s.run()));
  s.script("after", "keep;");
  s.script("before", "discard;");
  CHECK(discards(s.run()));
}

TEST_CASE("a script that is broken or refused keeps the mail") {
  Scripts s;
  s.script(".sieve", GENERATE(as<std::string>(), "nonsense", "if", "\xff\xfe"));
  CHECK_FALSE(discards(s.run()));
  s.script(".sieve", "discard;");
  chmod((s.home / ".sieve").c_str(), 0666);
  CHECK_FALSE(discards(s.run()));
}
