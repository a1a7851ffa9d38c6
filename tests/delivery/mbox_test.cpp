// SPDX-License-Identifier: MIT
#include "delivery/errors.h"
#include "delivery/mbox_file.h"
#include "delivery/transaction.h"
#include "fixture.h"
#include "support/catch.h"

#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <system_error>

using namespace delivery;
using namespace fixture;

namespace {

struct Mbox {
  Directory directory;
  std::string inbox = directory / "inbox";
  std::unique_ptr<Store> store = open_mbox(inbox, directory / "mail", options());

  void deliver(const std::string& octets, const sieve::Flags& flags = {}) {
    store->stage(letter(octets), FolderName(), flags)->commit();
  }
  /// The file without From_ lines' dates.
  std::string content() const { return read(inbox); }
};

std::string without_first_line(const std::string& text) { return text.substr(text.find('\n') + 1); }

} // namespace

TEST_CASE("mbox: From_ line, quoting, empty line") {
  Mbox m;
  m.deliver(message);
  CHECK(m.content().substr(0, 25) == "From alice@example.org  " + m.content().substr(24, 1));
  CHECK(without_first_line(m.content()) == "From: a@example.org\nSubject: hello\n\n>From here on\nbody\n\n");
}

TEST_CASE("mbox: mboxrd quotes what is quoted, and only at line starts") {
  Mbox m;
  m.deliver("S: x\n\n>From a\n>>From b\n From c\nxFrom d\nFrom e\nFrom\nFrom: f\n");
  CHECK(without_first_line(m.content()) ==
        "S: x\n\n>>From a\n>>>From b\n From c\nxFrom d\n>From e\nFrom\nFrom: f\n\n");
}

TEST_CASE("mbox: what readers trust is not taken from the sender") {
  Mbox m;
  m.deliver(
      "status: RO\nX-Status: D\nX-UID: 5\nX-IMAP: 1\nX-IMAPbase: 1 2\nX-Keywords: a\nContent-Length: 3\n"
      "Subject: s\n\nb\n",
      {"\\Seen", "\\Answered", "\\Deleted", "work"});
  CHECK(without_first_line(m.content()) == "Status: RO\nX-Status: AD\nX-Keywords: work\nSubject: s\n\nb\n\n");
}

TEST_CASE("mbox: a message after one that ends badly is divided from it") {
  Mbox m;
  write(m.inbox, "From x  Thu Jan  1 00:00:00 1970\nS: y\n\nno line end");
  chmod(m.inbox.c_str(), 0600);
  m.deliver("S: z\n\nneither");
  CHECK(m.content().find("no line end\n\nFrom alice@example.org  ") != std::string::npos);
  CHECK(m.content().substr(m.content().size() - 9) == "neither\n\n");
}

TEST_CASE("mbox: what is not committed is cut off again") {
  Mbox m;
  m.deliver(message);
  const auto before = m.content();
  {
    Transaction transaction;
    transaction.add(m.store->stage(letter(message), FolderName(), {}));
    transaction.add(m.store->stage(letter(message), FolderName(), {})); // twice in one file: one lock
    CHECK(m.content().size() > 2 * before.size());
  }
  CHECK(m.content() == before);
  CHECK_FALSE(exists(m.inbox + ".lock"));
}

TEST_CASE("mbox: two copies of one delivery in one mailbox") {
  Mbox m;
  Transaction transaction;
  transaction.add(m.store->stage(letter("S: 1\n\n1\n"), FolderName(), {}));
  transaction.add(m.store->stage(letter("S: 2\n\n2\n"), FolderName(), {}));
  CHECK(transaction.commit().size() == 2);
  CHECK(m.content().find("S: 1") < m.content().find("S: 2"));
}

TEST_CASE("mbox: a write that fails half way is cut off again") {
  Mbox m;
  m.deliver(message);
  const auto before = m.content();
  const pid_t pid = fork();
  if (pid == 0) {
    signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{before.size() + 100, before.size() + 100};
    setrlimit(RLIMIT_FSIZE, &limit);
    try {
      m.store->stage(letter("S: big\n\n" + std::string(5000, 'x') + "\n"), FolderName(), {});
    } catch (const std::system_error& error) {
      _exit(error.code().value() == EFBIG ? 0 : 2);
    }
    _exit(1);
  }
  int status = 0;
  waitpid(pid, &status, 0);
  CHECK(status == 0);
  CHECK(m.content() == before);
}

TEST_CASE("mbox: a locked mailbox is a temporary failure") {
  Mbox m;
  m.deliver(message);
  SECTION("dotlock") {
    write(m.inbox + ".lock", "1\n");
    CHECK_THROWS_AS(m.store->stage(letter(message), FolderName(), {}), Failure);
    CHECK(exists(m.inbox + ".lock"));
  }
  SECTION("fcntl, of another process") {
    int ready[2];
    REQUIRE(pipe(ready) == 0);
    const pid_t pid = fork();
    if (pid == 0) {
      const int fd = open(m.inbox.c_str(), O_RDWR);
      struct flock lock {};
      lock.l_type = F_WRLCK;
      if (fcntl(fd, F_SETLK, &lock) == 0 && ::write(ready[1], "x", 1) == 1) pause();
      _exit(1);
    }
    char c = 0;
    REQUIRE(::read(ready[0], &c, 1) == 1);
    CHECK_THROWS_AS(m.store->stage(letter(message), FolderName(), {}), Failure);
    CHECK_FALSE(exists(m.inbox + ".lock"));
    kill(pid, SIGKILL);
    waitpid(pid, nullptr, 0);
  }
}

TEST_CASE("mbox: the time for locks is one for all mailboxes of a delivery") {
  Mbox m;
  m.deliver(message);
  m.store->stage(letter(message), folder("a"), {})->commit();
  write(m.inbox + ".lock", "1\n");
  write(m.directory / "mail/a.lock", "1\n");
  const auto held = m.store->stage(letter(message), folder("b"), {});
  CHECK_THROWS_AS(m.store->stage(letter(message), FolderName(), {}), Failure); // it took all
  const auto begin = std::chrono::steady_clock::now();
  CHECK_THROWS_AS(m.store->stage(letter(message), folder("a"), {}), Failure);
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::milliseconds(700));
  unlink((m.directory / "mail/a.lock").c_str());
  m.store->stage(letter(message), folder("a"), {})->commit(); // what is free is had all the same
}

TEST_CASE("mbox: only a regular file with one link, not by a symbolic link") {
  Mbox m;
  write(m.directory / "target", "");
  SECTION("symbolic link") {
    REQUIRE(symlink((m.directory / "target").c_str(), m.inbox.c_str()) == 0);
    CHECK_THROWS_AS(m.store->stage(letter(message), FolderName(), {}), std::system_error);
  }
  SECTION("hard link") {
    REQUIRE(link((m.directory / "target").c_str(), m.inbox.c_str()) == 0);
    CHECK_THROWS_AS(m.store->stage(letter(message), FolderName(), {}), Failure);
  }
  SECTION("FIFO") {
    REQUIRE(mkfifo(m.inbox.c_str(), 0600) == 0);
    CHECK_THROWS_AS(m.store->stage(letter(message), FolderName(), {}), Failure);
  }
  CHECK(read(m.directory / "target").empty());
}

TEST_CASE("mbox: folders are files in a directory") {
  Mbox m;
  CHECK_FALSE(m.store->exists(folder("Lists/a")));
  m.store->stage(letter(message), folder("Lists/a"), {})->commit();
  CHECK(m.store->exists(folder("Lists.a")));
  CHECK(exists(m.directory / "mail/Lists/a"));
}

TEST_CASE("mbox: no link below the folders is followed") {
  Directory directory, other;
  mkdir((directory / "mail").c_str(), 0700);
  REQUIRE(symlink(other.path().c_str(), (directory / "mail/a").c_str()) == 0);
  auto store = open_mbox(directory / "inbox", directory / "mail", options());
  CHECK_THROWS_AS(store->stage(letter(message), folder("a/b"), {}), std::system_error);
  CHECK(names(other.path()).empty());
}

TEST_CASE("mbox: the right to the spool counts outside the home alone") {
  const gid_t group = 8;
  CHECK(spool_group("/var/mail/anne", "/home/anne", group) == group);
  CHECK(spool_group("/home/anne2/box", "/home/anne", group) == group);
  CHECK_FALSE(spool_group("/home/anne/mail/box", "/home/anne", group));
  CHECK_FALSE(spool_group("/home/anne/mail/box", "/home/anne/", group));
}
