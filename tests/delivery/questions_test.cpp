// SPDX-License-Identifier: MIT
// What scripts ask about mailboxes and lists: special use, ids, annotations, external lists.
#include "base/process.h"
#include "delivery/annotations.h"
#include "delivery/errors.h"
#include "delivery/lists.h"
#include "delivery/mailboxes.h"
#include "delivery/maildir_folder.h"
#include "delivery/maildir_id.h"
#include "delivery/special_use.h"
#include "delivery/user_text.h"
#include "fixture.h"
#include "support/catch.h"

#include <set>
#include <system_error>

using namespace delivery;
using namespace fixture;

namespace {

struct Home {
  Directory home;
  Settings settings;
  Account account;

  Home() {
    account.user.home = home.path();
    account.user.name = "anne";
    settings.server_metadata = home / "server";
  }
  void file(const std::string& name, const std::string& text) {
    write(home / name, text);
    chmod((home / name).c_str(), 0644);
  }
  void directory(const std::string& name) { REQUIRE(mkdir((home / name).c_str(), 0700) == 0); }
  std::optional<std::string> text(const std::string& name) {
    return read_user_text(home / name, account, 100);
  }
};

using Strings = std::vector<std::string>;

Strings texts(const std::vector<FolderName>& folders) {
  Strings result;
  for (const auto& folder : folders) result.push_back(folder.str());
  return result;
}

constexpr const char* guid = "3085f01b7f11094c501100008c4a11c1";

} // namespace

TEST_CASE("a user's text is a regular file below the home that nobody else may write") {
  Home h;
  h.directory("a");
  h.file("a/list", "text\n");
  CHECK(h.text("a/list") == "text\n");
  CHECK(h.text("a//./list") == "text\n");
  CHECK_FALSE(h.text("a/none"));
  CHECK_FALSE(h.text("none/list"));
  CHECK_THROWS_AS(h.text("../x"), Failure);
  CHECK_THROWS_AS(h.text("a"), Failure);
  h.file("large", std::string(101, 'x'));
  CHECK_THROWS_AS(h.text("large"), std::system_error);
  h.file("binary", std::string("a\0b", 3));
  CHECK_THROWS_AS(h.text("binary"), Failure);
  h.file("latin", "\xe9t\xe9");
  CHECK_THROWS_AS(h.text("latin"), Failure);
  REQUIRE(mkfifo((h.home / "fifo").c_str(), 0644) == 0);
  CHECK_THROWS_AS(h.text("fifo"), Failure);
  chmod((h.home / "a/list").c_str(), 0666);
  CHECK_THROWS_AS(h.text("a/list"), Failure);
  if (geteuid() != 0) return;
  h.file("other", "x");
  REQUIRE(chown((h.home / "other").c_str(), 12345, 12345) == 0);
  CHECK_THROWS_AS(h.text("other"), Failure);
}

TEST_CASE("a user's text is not reached by a link; an administrator's may be") {
  Home h;
  Directory elsewhere;
  write(elsewhere / "list", "text");
  chmod((elsewhere / "list").c_str(), 0644);
  REQUIRE(symlink((elsewhere / "list").c_str(), (h.home / "link").c_str()) == 0);
  REQUIRE(symlink(elsewhere.path().c_str(), (h.home / "directory").c_str()) == 0);
  CHECK_THROWS_AS(h.text("link"), std::system_error);
  CHECK_FALSE(read_user_text(h.home / "directory/list", h.account, 100));
  REQUIRE(symlink("list", (elsewhere / "other").c_str()) == 0);
  CHECK(read_user_text(elsewhere / "other", h.account, 100) == "text");
}

TEST_CASE("lists: an entry in each line, the name says which file") {
  Home h;
  h.directory("lists");
  h.file("lists/default", "# friends\n Ben@Example.org \r\n\ncarl@example.org\n");
  const Lists lists(h.settings, h.account);
  CHECK(lists.contains(":addrbook:default", "ben@example.org") == true);
  CHECK(lists.contains(":addrbook:default", "dora@example.org") == false);
  CHECK(lists.contains(":addrbook:default", "") == false);
  CHECK(lists.members(":addrbook:default") == Strings{"Ben@Example.org", "carl@example.org"});
  for (const auto* none :
       {":addrbook:other", ":addrbook:", ":addrbook:../x", ":addrbook:{home}", "default", ""})
    CHECK_FALSE(lists.contains(none, "ben@example.org"));
}

TEST_CASE("lists: of the administrator, exact names and patterns") {
  Home h;
  h.settings.lists = parse_lists("tag:example.org,2026:staff=" + (h.home / "staff") +
                                 " tag:example.org,2026:*=" + (h.home / "all/{list}.txt"));
  h.directory("all");
  h.file("staff", "anne\n");
  h.file("all/vip.txt", "ben\n");
  const Lists lists(h.settings, h.account);
  CHECK(lists.contains("tag:example.org,2026:staff", "ANNE") == true);
  CHECK(lists.contains("tag:example.org,2026:vip", "ben") == true);
  CHECK_FALSE(lists.contains("tag:example.org,2026:none", "ben"));
}

TEST_CASE("lists: files in the form of dictionaries") {
  Home h;
  h.file("dict", "priv/sieve/extlists/ben@example.org\n1\npriv/other\nx\n");
  h.settings.sieve = {{"sieve_extlists_list/vips/dict/file/path", "~/dict"},
                      {"sieve_extlists_list/vips/name", "tag:vips"},
                      {"sieve_extlists_list/vips/max_lookup_size", "20"},
                      {"sieve_extlists_list/bare/dict/file/path", "~/dict"}};
  const Lists lists(h.settings, h.account);
  CHECK(lists.members("tag:vips") == Strings{"ben@example.org"});
  CHECK(lists.contains("bare", "ben@example.org") == true);
  CHECK_FALSE(lists.contains("vips", "ben@example.org"));
  CHECK(lists.contains("tag:vips", std::string(21, 'x')) == false);
}

TEST_CASE("lists: hostile files have nobody in them") {
  Home h;
  h.directory("lists");
  h.file("lists/large", std::string(Lists::largest_file + 1, 'x'));
  h.file("lists/binary", std::string("ben@example.org\n\0\n", 18));
  REQUIRE(mkfifo((h.home / "lists/fifo").c_str(), 0644) == 0);
  REQUIRE(symlink("/etc/passwd", (h.home / "lists/link").c_str()) == 0);
  h.file("lists/long", std::string(Lists::longest_value + 1, 'x') + "\n");
  const Lists lists(h.settings, h.account);
  for (const auto* name : {"large", "binary", "fifo", "link"}) {
    CHECK_FALSE(lists.contains(":addrbook:" + std::string(name), "ben@example.org").value_or(false));
    CHECK_FALSE(lists.members(":addrbook:" + std::string(name)));
  }
  CHECK(lists.contains(":addrbook:long", std::string(Lists::longest_value + 1, 'x')) == false);
}

TEST_CASE("annotations: words, quotes, and lines that are none") {
  const auto all = parse_annotations("# comment\nINBOX /private/comment Mine, all mine \n"
                                     "\"Two words/b\" /SHARED/x \"  a \\\"b\\\\ \"\n\"\" /shared/admin me\n"
                                     "Lists.walks /private/empty\n"
                                     "A /neither/x y\nA\n\"A /private/x y\n\"A\"/private/x y\n"
                                     "A /private/x \"y\" z\n../x /private/x y\n",
                                     "file");
  REQUIRE(all.size() == 4);
  CHECK(all[0].folder->is_inbox());
  CHECK(all[0].value == "Mine, all mine");
  CHECK(all[1].folder == folder("Two words/b"));
  CHECK(all[1].value == "  a \"b\\ ");
  CHECK_FALSE(all[2].folder);
  CHECK(all[3].folder == folder("Lists/walks"));
  CHECK(all[3].value.empty());
}

TEST_CASE("annotations: the user's, then the administrator's; the server's shared ones are not the user's") {
  Home h;
  h.directory(".lastmile");
  h.file(".lastmile/metadata", "A /private/x user\n\"\" /private/x user\n\"\" /shared/x user\n");
  h.file("server", "A /private/x admin\nA /shared/y admin\n\"\" /shared/x admin\n\"\" /private/x admin\n");
  const Annotations annotations(h.settings, h.account);
  CHECK(annotations.find(folder("A"), "/private/X") == "user");
  CHECK(annotations.find(folder("A"), "/shared/y") == "admin");
  CHECK_FALSE(annotations.find(folder("B"), "/shared/y"));
  CHECK(annotations.find(std::nullopt, "/private/x") == "user");
  CHECK(annotations.find(std::nullopt, "/shared/x") == "admin");
  CHECK_FALSE(annotations.find(std::nullopt, "/shared/z"));
}

TEST_CASE("special use: the annotation, then the setting, else custom") {
  Home h;
  const auto of = [&](const char* attribute) {
    const Annotations annotations(h.settings, h.account);
    return texts(special_use_folders(h.settings, annotations, attribute));
  };
  CHECK(of("\\JUNK").at(0) == "Junk");
  CHECK(of("\\Junk").at(1) == "Spam");
  CHECK(of("\\Sent").at(1) == "Sent Messages");
  CHECK(of("\\Important").empty());
  h.settings.special_use = parse_special_use("\\junk=Lists/Werbung, \\Important = INBOX.Now,\\Sent=");
  CHECK(of("\\Junk") == Strings{"Lists/Werbung"});
  CHECK(of("\\Important") == Strings{"Now"});
  CHECK(of("\\Sent").empty());
  CHECK(of("\\Trash").at(0) == "Trash");
  h.directory(".lastmile");
  h.file(".lastmile/metadata", "Dust /private/specialuse \\Trash \\Junk\n");
  CHECK(of("\\Junk") == Strings{"Dust", "Lists/Werbung"});
}

TEST_CASE("settings of special use and lists are judged") {
  for (const auto* wrong : {"Junk=Spam", "\\Junk", "\\=x", "\\Junk=../x", "=x"})
    CHECK_THROWS_AS(parse_special_use(wrong), std::invalid_argument);
  CHECK(parse_special_use("").empty());
  for (const auto* wrong : {"name", "=~/x", "name=x", "name*=~/x", "name=~/{list}", "name="})
    CHECK_THROWS_AS(parse_lists(wrong), std::invalid_argument);
  CHECK(parse_lists("ldap://x/?a=b=~/x").at(0).name == "ldap://x/?a=b");
}

TEST_CASE("modified UTF-7 is read as it is written, and in no other way") {
  for (const auto* name :
       {"", "A&B", "R\xc3\xa9sum\xc3\xa9", "\xf0\x9f\x98\x80 x", "\xe5\x8f\xb0\xe5\x8c\x97-", "-&-"})
    CHECK(from_modified_utf7(to_modified_utf7(name)) == name);
  for (const auto* wrong : {"&", "&AGE-", "&2D0-", "&3gA-", "&!!-", "R\xc3\xa9", "&AOk", "&AOk-&AOk-"})
    CHECK_FALSE(from_modified_utf7(wrong));
}

TEST_CASE("mailbox ids: made once, kept when the folder is renamed") {
  Directory top;
  const auto root = top / "Maildir";
  make_maildir(root, false);
  make_maildir_folder(root + "/.A");
  const auto ids = maildir_ids(root + "/.A", false);
  REQUIRE(ids.size() == 1);
  CHECK(ids[0].size() == 32);
  CHECK(maildir_ids(root + "/.A", false) == ids);
  CHECK(maildir_ids(root, true) != ids);
  CHECK(names(root + "/.A").size() == 5); // nothing but the file is left
  REQUIRE(rename((root + "/.A").c_str(), (root + "/.B").c_str()) == 0);
  CHECK(maildir_ids(root + "/.B", false) == ids);
}

TEST_CASE("mailbox ids: Dovecot's where it has one, beside an older one of ours") {
  Directory top;
  const auto root = top / "Maildir";
  make_maildir(root, false);
  write(root + "/dovecot-uidlist", "3 V1275660208 N25022 G" + std::string(guid) + "\n1 :x\n");
  CHECK(maildir_ids(root, true) == Strings{guid});
  CHECK_FALSE(exists(root + "/lastmile-id"));
  unlink((root + "/dovecot-uidlist").c_str());
  const auto ours = maildir_ids(root, true);
  REQUIRE(ours.size() == 1);
  write(root + "/dovecot-uidlist", "3 V1 N2 G" + std::string(guid) + "\n");
  CHECK(maildir_ids(root, true) == Strings{guid, ours[0]});
  for (const auto* other : {"1 1275660208 25022\n", "3 V1 N2 Gshort\n", "", "\n"}) {
    write(root + "/dovecot-uidlist", other);
    CHECK(maildir_ids(root, true) == ours);
  }
}

TEST_CASE("mailbox ids: what is no id is none") {
  Directory top;
  const auto root = top / "Maildir";
  make_maildir(root, false);
  write(root + "/lastmile-id", "nonsense\n");
  CHECK(maildir_ids(root, true).empty());
  unlink((root + "/lastmile-id").c_str());
  REQUIRE(mkfifo((root + "/lastmile-id").c_str(), 0600) == 0);
  CHECK(maildir_ids(root, true).empty());
  unlink((root + "/lastmile-id").c_str());
  write(top / "id", std::string(guid) + "\n");
  REQUIRE(symlink("../id", (root + "/lastmile-id").c_str()) == 0);
  CHECK_THROWS_AS(maildir_ids(root, true), std::system_error);
}

TEST_CASE("mailbox ids: all who ask at the same time get the same") {
  Directory top;
  const auto root = top / "Maildir";
  make_maildir(root, false);
  std::vector<base::Child> children;
  for (int i = 0; i < 8; ++i)
    children.push_back(base::Child::spawn([&](int pipe) {
      base::write_all(pipe, maildir_ids(root, true).at(0));
      return 0;
    }));
  std::set<std::string> told;
  for (auto& child : children) told.insert(child.finish().output);
  CHECK(told.size() == 1);
  CHECK(told.begin()->size() == 32);
}

TEST_CASE("mailbox ids: every folder of the store under its own name") {
  Home h;
  const auto root = h.home / "Maildir";
  make_maildir(root, false);
  for (const auto* name : {"A.B", "R&AOk-sum&AOk-", "\xc3\xa9", "INBOX.X", "a..b"})
    make_maildir_folder(root + "/." + name);
  REQUIRE(mkdir((root + "/.nofolder").c_str(), 0700) == 0);
  REQUIRE(symlink(".A.B", (root + "/.link").c_str()) == 0);
  const auto known = [&] {
    std::set<std::string> found;
    for (const auto& [id, folder] : Mailboxes(h.settings, h.account, "", std::nullopt).ids())
      found.insert(folder.str());
    return found;
  };
  CHECK(known() == std::set<std::string>{"INBOX", "A/B", "R\xc3\xa9sum\xc3\xa9", "\xc3\xa9"});
  h.settings.folders = MailLocation{StoreKind::mbox, "~/mail"};
  CHECK(known() == std::set<std::string>{"INBOX"});
  h.settings.mail = {StoreKind::mbox, "~/mbox"};
  h.settings.folders = MailLocation{StoreKind::maildir, "~/Maildir"};
  CHECK(known() == std::set<std::string>{"A/B", "R\xc3\xa9sum\xc3\xa9", "\xc3\xa9"});
  h.settings.folders.reset();
  CHECK(known().empty());
}
