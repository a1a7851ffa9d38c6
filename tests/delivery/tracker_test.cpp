// SPDX-License-Identifier: MIT
#include "base/process.h"
#include "delivery/maildir_folder.h"
#include "delivery/quota.h"
#include "delivery/tracker.h"
#include "fault.h"
#include "fixture.h"
#include "support/catch.h"

#include <algorithm>
#include <csignal>
#include <ctime>
#include <fcntl.h>

using namespace delivery;
using namespace fixture;

TEST_CASE("a tracker remembers until a record expires") {
  Directory home;
  const Tracker tracker(home.path(), "duplicate");
  CHECK_FALSE(tracker.seen("id", 1000));
  CHECK(tracker.record("id", 1000, 60));
  CHECK(tracker.seen("id", 1059));
  CHECK_FALSE(tracker.seen("id", 1060));
  CHECK(tracker.record("id", 1030, 60)); // given a new time
  CHECK(tracker.seen("id", 1080));
}

TEST_CASE("a claim succeeds once until it expires or is released") {
  Directory home;
  const Tracker tracker(home.path(), "vacation");
  CHECK(tracker.claim("a", 1000, 60));
  CHECK_FALSE(tracker.claim("a", 1001, 60));
  CHECK(tracker.claim("a", 1061, 60));
  CHECK_FALSE(tracker.claim("a", 1062, 60));
  tracker.release("a");
  CHECK(tracker.claim("a", 1062, 60));
  CHECK(names(home / ".lastmile/vacation").size() == 1);
}

TEST_CASE("a tracker is bounded") {
  Directory home;
  const Tracker tracker(home.path(), "duplicate");
  for (int i = 0; i < 10; ++i) tracker.record("key" + std::to_string(i), 1000, 100 + i);
  tracker.clean(1104, 3); // 0 to 4 have expired, 5 and 6 are too many
  CHECK(names(home / ".lastmile/duplicate").size() == 3);
  CHECK(tracker.seen("key9", 1104));
  CHECK_FALSE(tracker.seen("key6", 1104));
}

TEST_CASE(
    "a tracker's temporary names are those of one host alone, and go when nobody is left who needs them") {
  Directory home;
  const Tracker tracker(home.path(), "duplicate");
  const auto killed_at = [&](fault::Call call) {
    auto child = base::Child::spawn([&](int) {
      fault::kill_at(call, 1, fault::Moment::after);
      tracker.record("id", 1000, 60);
      return 0;
    });
    CHECK(child.finish().signal == SIGKILL);
  };
  const auto now = time(nullptr);
  SECTION("before it is linked") { killed_at(fault::Call::linkat); }
  SECTION("while an expired one is removed") {
    REQUIRE(tracker.record("id", 900, 60));
    killed_at(fault::Call::renameat);
  }
  char host[256] = {};
  REQUIRE(gethostname(host, sizeof host - 1) == 0);
  const auto left = names(home / ".lastmile/duplicate");
  CHECK(std::count_if(left.begin(), left.end(), [&](const std::string& name) {
          return name.find("." + std::string(host) + ".") != std::string::npos;
        }) == 1);
  const auto before = left.size();
  tracker.clean(1000);
  CHECK(names(home / ".lastmile/duplicate").size() == before);
  tracker.clean(now + 37 * 3600);
  CHECK(names(home / ".lastmile/duplicate").empty());
}

TEST_CASE("a file is replaced under a temporary name that is of one host alone") {
  Directory directory;
  const auto root = directory / "Maildir";
  make_maildir(root, false);
  auto child = base::Child::spawn([&](int) {
    fault::kill_at(fault::Call::renameat, 1, fault::Moment::before);
    MaildirQuota(root, {1000, 10}).fits({1, 1});
    return 0;
  });
  CHECK(child.finish().signal == SIGKILL);
  char host[256] = {};
  REQUIRE(gethostname(host, sizeof host - 1) == 0);
  CHECK(only(root + "/tmp").find("/tmp/maildirsize." + std::string(host) + ".") != std::string::npos);
}

TEST_CASE("a tracker follows no link") {
  Directory home, other;
  const Tracker tracker(home.path(), "duplicate");
  SECTION("for the directory of all") {
    REQUIRE(symlink(other.path().c_str(), (home / ".lastmile").c_str()) == 0);
  }
  SECTION("for its own") {
    mkdir((home / ".lastmile").c_str(), 0700);
    REQUIRE(symlink(other.path().c_str(), (home / ".lastmile/duplicate").c_str()) == 0);
  }
  CHECK_FALSE(tracker.record("id", 1000, 60));
  CHECK_FALSE(tracker.seen("id", 1000));
  CHECK(names(other.path()).empty());
}

TEST_CASE("a tracker without a home fails softly") {
  const Tracker tracker("/nonexistent", "duplicate");
  CHECK_FALSE(tracker.record("id", 1000, 60));
  CHECK_FALSE(tracker.seen("id", 1000));
}

TEST_CASE("keys of different lists differ") { CHECK(tracker_key({"ab", "c"}) != tracker_key({"a", "bc"})); }

TEST_CASE("maildirsize: made, appended to, made anew") {
  Directory directory;
  const auto root = directory / "Maildir";
  make_maildir(root, false);
  write(root + "/new/1.a,S=600", "x");
  write(root + "/cur/2.b:2,S", std::string(300, 'x'));
  write(root + "/cur/3.c,S=9000:2,ST", "trashed");
  make_maildir_folder(root + "/.Trash");
  write(root + "/.Trash/cur/4.d,S=9000:2,", "x");
  make_maildir_folder(root + "/.A");
  write(root + "/.A/new/5.e,S=50", "x");
  const MaildirQuota quota(root, {1000, 10});
  CHECK(quota.fits({50, 1}));
  CHECK(read(root + "/maildirsize") == "1000S,10C\n950 3\n");
  CHECK_FALSE(quota.fits({51, 1}));
  quota.add({50, 1});
  CHECK(read(root + "/maildirsize") == "1000S,10C\n950 3\n50 1\n");
  CHECK_FALSE(quota.fits({1, 1}));
  SECTION("other limits") {
    CHECK(MaildirQuota(root, {2000, 0}).fits({1000, 1}));
    CHECK(read(root + "/maildirsize") == "2000S\n950 3\n");
  }
  SECTION("full and old: counted again") {
    const timespec old[2] = {{1000, 0}, {1000, 0}};
    utimensat(AT_FDCWD, (root + "/maildirsize").c_str(), old, 0);
    CHECK(quota.fits({50, 1}));
  }
  SECTION("longer than 5120 octets: counted again") {
    std::string longer = read(root + "/maildirsize");
    while (longer.size() <= 5120) longer += "-1 0\n0 0\n1 0\n";
    write(root + "/maildirsize", longer);
    CHECK(quota.fits({50, 1}));
    CHECK(read(root + "/maildirsize") == "1000S,10C\n950 3\n");
  }
  SECTION("garbage is counted again") {
    write(root + "/maildirsize", "1000S,10C\nnonsense\n");
    CHECK(quota.fits({50, 1}));
  }
}

TEST_CASE("maildirsize: links lead to nothing that counts") {
  Directory directory;
  const auto root = directory / "Maildir";
  make_maildir(root, false);
  make_maildir(directory / "other", false);
  write(directory / "other/new/1.a,S=600", "x");
  REQUIRE(symlink("../other", (root + "/.Link").c_str()) == 0);
  const MaildirQuota quota(root, {1000, 10});
  CHECK(quota.fits({1000, 10}));
  SECTION("a file with another name somewhere is not appended to") {
    REQUIRE(link((root + "/maildirsize").c_str(), (directory / "second").c_str()) == 0);
    quota.add({50, 1});
    CHECK(read(directory / "second") == "1000S,10C\n0 0\n");
  }
  SECTION("tmp/ that is a link is not written to") {
    REQUIRE(rmdir((root + "/tmp").c_str()) == 0);
    REQUIRE(symlink("../other/tmp", (root + "/tmp").c_str()) == 0);
    quota.forget();
    quota.fits({1, 1});
    CHECK(names(directory / "other/tmp").empty());
    CHECK_FALSE(exists(root + "/maildirsize"));
  }
}

TEST_CASE("maildirsize: a Maildir that is not there is empty") {
  Directory directory;
  const MaildirQuota quota(directory / "none", {100, 0});
  CHECK(quota.fits({100, 1}));
  CHECK_FALSE(quota.fits({101, 1}));
}
