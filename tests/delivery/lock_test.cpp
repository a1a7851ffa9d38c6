// SPDX-License-Identifier: MIT
#include "base/lock.h"
#include "base/process.h"
#include "fixture.h"
#include "support/catch.h"

#include <fcntl.h>

using namespace base;
using namespace fixture;

TEST_CASE("a dotlock excludes, and goes with its owner") {
  Directory directory;
  const auto path = directory / "box.lock";
  {
    const auto lock = Dotlock::try_lock(path);
    REQUIRE(lock);
    CHECK_FALSE(Dotlock::try_lock(path));
    CHECK(names(directory.path()).size() == 1); // no hitching post is left
  }
  CHECK(names(directory.path()).empty());
}

TEST_CASE("a stale dotlock is taken away, a young one is not") {
  Directory directory;
  const auto path = directory / "box.lock";
  write(path, "1\n");
  CHECK_FALSE(Dotlock::lock(path, std::chrono::milliseconds(30)));
  const timespec old[2] = {{1000, 0}, {1000, 0}};
  utimensat(AT_FDCWD, path.c_str(), old, 0);
  CHECK(Dotlock::lock(path, std::chrono::milliseconds(300)));
}

TEST_CASE("a dotlock that was taken over is not removed by its first owner") {
  Directory directory;
  const auto path = directory / "box.lock";
  {
    const auto lock = Dotlock::try_lock(path);
    unlink(path.c_str());
    write(path, "2\n");
  }
  CHECK(exists(path));
}

TEST_CASE("the earlier locks of a list are released when a later one is busy") {
  Directory directory;
  const auto path = directory / "box";
  write(path, "");
  write(path + ".lock", "1\n");
  const Fd first(open(path.c_str(), O_RDWR));
  const Fd second(open(path.c_str(), O_RDWR));
  const auto both = {LockMethod::fcntl, LockMethod::dotlock};
  CHECK_FALSE(FileLock::acquire(first.get(), path, both, std::chrono::milliseconds(30)));
  CHECK(FileLock::acquire(second.get(), path, {LockMethod::fcntl}, std::chrono::milliseconds(0)));
  unlink((path + ".lock").c_str());
  const auto held = FileLock::acquire(first.get(), path, both, std::chrono::milliseconds(0));
  CHECK(held);
  CHECK_FALSE(FileLock::acquire(second.get(), path, {LockMethod::fcntl}, std::chrono::milliseconds(0)));
}

TEST_CASE("two programs that lock in opposite orders both get on") {
  Directory directory;
  const auto path = directory / "box";
  write(path, "");
  const auto program = [&](const std::vector<LockMethod>& order) {
    return Child::spawn([&, order](int) {
      for (int i = 0; i < 20; ++i) {
        const Fd fd(open(path.c_str(), O_RDWR));
        const auto lock = FileLock::acquire(fd.get(), path, order, std::chrono::seconds(20));
        if (!lock) return 1;
        usleep(1000); // long enough to be waited for
      }
      return 0;
    });
  };
  auto one = program({LockMethod::fcntl, LockMethod::dotlock, LockMethod::flock});
  auto other = program({LockMethod::flock, LockMethod::dotlock, LockMethod::fcntl});
  CHECK(one.finish().clean());
  CHECK(other.finish().clean());
  CHECK(names(directory.path()).size() == 1);
}

TEST_CASE("a directory that refuses the dotlock is an error, not contention") {
  CHECK_THROWS_AS(Dotlock::try_lock("/nonexistent/box.lock"), std::system_error);
}
