// SPDX-License-Identifier: MIT
#include "base/file.h"
#include "delivery/maildir_folder.h"
#include "delivery/transaction.h"
#include "fixture.h"
#include "support/catch.h"

#include <sys/time.h>
#include <system_error>

using namespace delivery;
using namespace fixture;

namespace {

struct Maildir {
  Directory directory;
  std::string root = directory / "Maildir";
  std::unique_ptr<Store> store = open_maildir(root, options());
};

/// A store whose commit fails.
class Failing : public Staged {
public:
  void take_back() noexcept override {}
  std::size_t size() const override { return 0; }

private:
  void publish() override { throw std::system_error(EIO, std::generic_category()); }
  std::string folder() const override { return "nowhere"; }
};

} // namespace

TEST_CASE("Maildir: nothing is seen before the commit, everything after it") {
  Maildir m;
  auto staged = m.store->stage(letter(message, "Return-Path: <>\n"), FolderName(), {});
  CHECK(names(m.root + "/new").empty());
  CHECK(staged->commit().where() == "INBOX");
  const auto path = only(m.root + "/new");
  CHECK(read(path) == "Return-Path: <>\n" + std::string(message));
  const auto size = read(path).size();
  CHECK(path.find(",S=" + std::to_string(size) + ",W=" + std::to_string(size + 6)) != std::string::npos);
  CHECK(names(m.root + "/tmp").empty());
}

TEST_CASE("Maildir: on a filesystem without unnamed files") {
  Directory directory;
  const auto root = directory / "Maildir";
  auto named = options();
  named.unnamed_files = false;
  const auto store = open_maildir(root, named);
  {
    const auto staged = store->stage(letter(message), FolderName(), {});
    CHECK(names(root + "/tmp").size() == 1);
  }
  CHECK(names(root + "/tmp").empty());
  store->stage(letter(message), FolderName(), {"\\Seen"})->commit();
  CHECK(names(root + "/tmp").empty());
  CHECK(read(only(root + "/cur")) == message);
}

TEST_CASE("Maildir: what is not committed leaves nothing") {
  Maildir m;
  m.store->stage(letter(message), FolderName(), {}).reset();
  CHECK(names(m.root + "/new").empty());
  CHECK(names(m.root + "/tmp").empty());
}

TEST_CASE("Maildir: a sender's Return-Path and X-UIDL go") {
  Maildir m;
  m.store->stage(letter("return-path: <x>\nX-UIDL: 1\nSubject: s\n\nb\n"), FolderName(), {})->commit();
  CHECK(read(only(m.root + "/new")) == "Subject: s\n\nb\n");
}

TEST_CASE("Maildir: flags and keywords go to cur/") {
  Maildir m;
  m.store->stage(letter(message), FolderName(), {"\\Seen", "work", "\\Flagged", "Play"})->commit();
  const auto path = only(m.root + "/cur");
  CHECK(path.substr(path.find(":2,")) == ":2,FSab");
  CHECK(read(m.root + "/dovecot-keywords") == "0 work\n1 Play\n");
  m.store->stage(letter(message), FolderName(), {"PLAY"})->commit();
  CHECK(read(m.root + "/dovecot-keywords") == "0 work\n1 Play\n");
  CHECK_FALSE(exists(m.root + "/dovecot-uidlist.lock"));
}

TEST_CASE("Maildir: a keyword beyond the last letter is left out, and costs no mail") {
  Maildir m;
  make_maildir(m.root, false);
  std::string table;
  for (int i = 0; i < 26; ++i) table += std::to_string(i) + " word" + std::to_string(i) + "\n";
  write(m.root + "/dovecot-keywords", table);
  m.store->stage(letter(message), FolderName(), {"\\Seen", "word25", "another"})->commit();
  const auto path = only(m.root + "/cur");
  CHECK(path.substr(path.find(":2,")) == ":2,Sz");
  CHECK(read(m.root + "/dovecot-keywords") == table);
}

TEST_CASE("Maildir: keywords are there before the message where Courier serves it") {
  Maildir m;
  make_maildir(m.root, false);
  REQUIRE(mkdir((m.root + "/courierimapkeywords").c_str(), 0700) == 0);
  {
    const auto staged = m.store->stage(letter(message), FolderName(), {"\\Seen", "work", "Play"});
    CHECK(read(only(m.root + "/courierimapkeywords")) == "work\nPlay\n");
    CHECK(names(m.root + "/cur").empty());
  }
  CHECK(names(m.root + "/courierimapkeywords").empty()); // with the message that was not delivered
  m.store->stage(letter(message), FolderName(), {"\\Seen", "work"})->commit();
  const auto keywords = names(m.root + "/courierimapkeywords");
  REQUIRE(keywords.size() == 1);
  CHECK(names(m.root + "/cur") == std::vector<std::string>{keywords[0] + ":2,S"});
  CHECK_FALSE(exists(m.root + "/dovecot-keywords"));
  CHECK(names(m.root + "/tmp").empty());
}

TEST_CASE("Maildir: a new folder of a Courier store is subscribed to in Courier's file") {
  Maildir m;
  make_maildir(m.root, false);
  write(m.root + "/courierimapsubscribed", "INBOX.Old\n");
  m.store->stage(letter(message), folder("Lists/A"), {"work"})->commit();
  CHECK(read(m.root + "/courierimapsubscribed") == "INBOX.Old\nINBOX.Lists.A\n");
  CHECK(read(m.root + "/subscriptions") == "Lists.A\n");
  CHECK(read(only(m.root + "/.Lists.A/courierimapkeywords")) == "work\n");
}

TEST_CASE("Maildir: a new folder is marked and subscribed to") {
  Maildir m;
  CHECK_FALSE(m.store->exists(folder("Lists/C++")));
  m.store->stage(letter(message), folder("Lists/C++"), {})->commit();
  CHECK(m.store->exists(folder("Lists.C++")));
  CHECK(exists(m.root + "/.Lists.C++/maildirfolder"));
  CHECK_FALSE(exists(m.root + "/maildirfolder"));
  CHECK(read(m.root + "/subscriptions") == "Lists.C++\n");
  CHECK(names(m.root + "/.Lists.C++/new").size() == 1);
}

TEST_CASE("Maildir: a folder is found in either encoding") {
  Maildir m;
  m.store->stage(letter(message), FolderName(), {})->commit();
  make_maildir_folder(m.root + "/.Entw\u00fcrfe");
  CHECK(m.store->exists(folder("Entw\u00fcrfe")));
  CHECK_FALSE(exists(m.root + "/.Entw&APw-rfe"));
}

TEST_CASE("Maildir: a folder that is a link out is no folder") {
  Maildir m;
  m.store->stage(letter(message), FolderName(), {})->commit();
  make_maildir(m.directory / "elsewhere", false);
  REQUIRE(symlink((m.directory / "elsewhere").c_str(), (m.root + "/.Out").c_str()) == 0);
  CHECK_FALSE(m.store->exists(folder("Out")));
  CHECK_THROWS_AS(m.store->stage(letter(message), folder("Out"), {}), std::system_error);
  CHECK(names(m.directory / "elsewhere/new").empty());
}

TEST_CASE("Maildir: old leftovers go, young ones and what is not ours stay") {
  Maildir m;
  make_maildir(m.root, false);
  const std::string leftovers[] = {"/tmp/message", "/subscriptions.lock.mx.1.2.3",
                                   "/dovecot-uidlist.lock.mx.1.2.3"};
  const std::string kept[] = {"/subscriptions", "/subscriptions.lock", "/notes.lock.mx.1.2.3",
                              "/new/message",   "/cur/message:2,S",    "/tmp/.nfs1"};
  for (const auto& name : leftovers) write(m.root + name, "x");
  for (const auto& name : kept) write(m.root + name, "x");
  const time_t now = time(nullptr);
  const auto folder = base::open_directory(m.root);
  sweep_maildir(folder.get(), m.root, now + 35 * 3600);
  for (const auto& name : leftovers) CHECK(exists(m.root + name));
  sweep_maildir(folder.get(), m.root, now + 37 * 3600);
  for (const auto& name : leftovers) CHECK_FALSE(exists(m.root + name));
  for (const auto& name : kept) CHECK(exists(m.root + name));
}

TEST_CASE("transaction: a commit that fails takes back those before it") {
  Maildir m;
  {
    Transaction transaction;
    transaction.add(m.store->stage(letter(message), FolderName(), {}));
    transaction.add(m.store->stage(letter(message), folder("A"), {"\\Seen"}));
    transaction.add(std::make_unique<Failing>());
    CHECK_THROWS_AS(transaction.commit(), std::system_error);
    CHECK(names(m.root + "/new").size() == 1);
  }
  CHECK(names(m.root + "/new").empty());
  CHECK(names(m.root + "/.A/cur").empty());
  CHECK(names(m.root + "/.A/tmp").empty());
}

TEST_CASE("transaction: taking back finds what a reader has moved") {
  Maildir m;
  Transaction* transaction = new Transaction;
  transaction->add(m.store->stage(letter(message), FolderName(), {}));
  transaction->add(std::make_unique<Failing>());
  CHECK_THROWS(transaction->commit());
  const auto name = names(m.root + "/new").at(0);
  REQUIRE(rename((m.root + "/new/" + name).c_str(), (m.root + "/cur/" + name + ":2,S").c_str()) == 0);
  delete transaction;
  CHECK(names(m.root + "/cur").empty());
}

TEST_CASE("transaction: all or nothing when the second stage fails") {
  Maildir m;
  {
    Transaction transaction;
    transaction.add(m.store->stage(letter(message), FolderName(), {}));
    write(m.root + "/.Broken", "a file where a folder should be");
    CHECK_THROWS_AS(m.store->stage(letter(message), folder("Broken"), {}), std::system_error);
  }
  CHECK(names(m.root + "/new").empty());
}
