// SPDX-License-Identifier: MIT
// Processes that change one file of a store at the same moment.
#include "base/process.h"
#include "delivery/maildir_folder.h"
#include "delivery/quota.h"
#include "delivery/tracker.h"
#include "fixture.h"
#include "support/catch.h"

#include <algorithm>
#include <functional>
#include <set>

using namespace delivery;
using namespace fixture;

namespace {

constexpr int processes = 8;

/// The sum of what they return, each given its number.
int together(const std::function<int(int)>& act) {
  std::vector<base::Child> children;
  for (int i = 0; i < processes; ++i) children.push_back(base::Child::spawn([&, i](int) { return act(i); }));
  int sum = 0;
  for (auto& child : children) {
    const auto result = child.finish();
    CHECK(result.clean() == (result.exit_status == 0));
    CHECK(result.signal == 0);
    sum += result.exit_status;
  }
  return sum;
}

std::set<std::string> lines_of(const std::string& path) {
  std::istringstream text(read(path));
  std::set<std::string> lines;
  for (std::string line; std::getline(text, line);) lines.insert(line);
  return lines;
}

} // namespace

TEST_CASE("together: each keyword has a letter of its own, and a message those of its own") {
  Directory directory;
  const auto root = directory / "Maildir";
  make_maildir(root, false);
  together([&](int i) {
    const auto store = open_maildir(root, options());
    const sieve::Flags keywords{"word" + std::to_string(i), "common"};
    store->stage(letter("Subject: " + std::to_string(i) + "\n\n.\n"), FolderName(), keywords)->commit();
    return 0;
  });
  const auto table = lines_of(root + "/dovecot-keywords");
  CHECK(table.size() == processes + 1);
  for (const auto& name : names(root + "/cur")) {
    const auto number = read(root + "/cur/" + name).substr(9, 1);
    const auto letters = name.substr(name.find(":2,") + 3);
    CAPTURE(name, number);
    REQUIRE(letters.size() == 2);
    std::set<std::string> words;
    for (const char c : letters)
      for (const auto& line : table)
        if (line.starts_with(std::to_string(c - 'a') + " ")) words.insert(line.substr(line.find(' ') + 1));
    CHECK(words == std::set<std::string>{"word" + number, "common"});
  }
  CHECK(names(root + "/cur").size() == processes);
}

TEST_CASE("together: every new folder is subscribed to") {
  Directory directory;
  const auto root = directory / "Maildir";
  make_maildir(root, false);
  write(root + "/subscriptions", GENERATE("", "V\t2\n\n")); // the second as Dovecot 2.4 begins it
  const bool newer = !read(root + "/subscriptions").empty();
  together([&](int i) {
    const auto name = folder("Lists/" + std::to_string(i));
    open_maildir(root, options())->stage(letter(message), name, {})->commit();
    return 0;
  });
  const auto lines = lines_of(root + "/subscriptions");
  for (int i = 0; i < processes; ++i)
    CHECK(lines.count(std::string("Lists") + (newer ? "\t" : ".") + std::to_string(i)) == 1);
  CHECK(lines.size() == processes + (newer ? 2 : 0));
}

TEST_CASE("together: maildirsize has what each has added") {
  Directory directory;
  const auto root = directory / "Maildir";
  make_maildir(root, false);
  const MaildirQuota quota(root, {100000, 1000});
  REQUIRE(quota.fits({1, 1}));
  together([&](int) {
    for (int i = 0; i < 20; ++i) quota.add({10, 1});
    return 0;
  });
  CHECK(quota.usage().size == processes * 20 * 10);
  CHECK(quota.usage().count == processes * 20);
}

TEST_CASE("together: a claim succeeds for one, also where the one before has expired") {
  Directory home;
  const Tracker tracker(home.path(), "vacation");
  if (GENERATE(true, false)) REQUIRE(tracker.claim("a", 900, 60));
  CHECK(together([&](int) { return tracker.claim("a", 1000, 60) ? 1 : 0; }) == 1);
  CHECK(names(home / ".lastmile/vacation").size() == 1);
}

TEST_CASE("together: all append to one mbox, whole") {
  Directory directory;
  together([&](int i) {
    auto settings = options();
    settings.lock_timeout = std::chrono::seconds(20);
    const auto store = open_mbox(directory / "inbox", directory / "mail", settings);
    for (int n = 0; n < 5; ++n)
      store->stage(letter("Subject: " + std::to_string(i * 5 + n) + "\n\nbody\n"), FolderName(), {})
          ->commit();
    return 0;
  });
  const auto lines = lines_of(directory / "inbox");
  for (int i = 0; i < processes * 5; ++i) CHECK(lines.count("Subject: " + std::to_string(i)) == 1);
  const auto box = read(directory / "inbox");
  std::size_t froms = 0;
  for (auto at = box.find("From alice"); at != std::string::npos; at = box.find("From alice", at + 1))
    ++froms;
  CHECK(froms == processes * 5);
}
