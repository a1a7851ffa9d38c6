// SPDX-License-Identifier: MIT
#include "delivery/account.h"
#include "delivery/digest.h"
#include "delivery/folder_name.h"
#include "delivery/maildir_name.h"
#include "delivery/mbox_from_line.h"
#include "support/catch.h"

using namespace delivery;

TEST_CASE("folder names: both separators, INBOX in any case") {
  CHECK(FolderName::parse("inBox")->is_inbox());
  CHECK(FolderName::parse("A/B") == FolderName::parse("A.B"));
  CHECK(FolderName::parse("INBOX.Junk") == FolderName::parse("Junk"));
  CHECK(FolderName::parse("inbox.INBOX/Junk") == FolderName::parse("Junk"));
  CHECK(FolderName::parse("INBOX.INBOX")->is_inbox());
  CHECK(FolderName::parse("A/B")->str() == "A/B");
}

TEST_CASE("folder names that are impossible") {
  for (const auto* name :
       {"", "..", "../x", "/etc/passwd", "a//b", "a/", ".a", "~root", "a\x01", "a\n", "\xff"})
    CHECK_FALSE(FolderName::parse(name));
  CHECK_FALSE(FolderName::parse(std::string("a\0b", 3)));
  CHECK_FALSE(FolderName::parse(std::string(300, 'x')));
  CHECK_FALSE(FolderName::parse("a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a"));
}

TEST_CASE("modified UTF-7 as RFC 3501 section 5.1.3 writes it") {
  CHECK(to_modified_utf7("~peter/mail/\u53f0\u5317/\u65e5\u672c\u8a9e") == "~peter/mail/&U,BTFw-/&ZeVnLIqe-");
  CHECK(to_modified_utf7("a&b") == "a&-b");
  CHECK(to_modified_utf7("Entw\u00fcrfe") == "Entw&APw-rfe");
  CHECK(to_modified_utf7("\U0001F600") == "&2D3eAA-");
}

TEST_CASE("Maildir names are unique and carry both sizes") {
  const MaildirFile file{0x801, 0x2a, 100, 110};
  const auto name = maildir_name("mx:1/2", file);
  CHECK(name != maildir_name("mx:1/2", file));
  CHECK(name.find("V801I2a.mx\\0721\\0572,S=100,W=110") != std::string::npos);
  CHECK(maildir_name(std::string(400, 'h'), file).size() < 230);
}

TEST_CASE("flags in ASCII order, without duplicates") {
  CHECK(maildir_flags({"\\Seen", "\\flagged", "\\SEEN", "work"}, "ba") == "FSab");
  CHECK(maildir_flags({}, "").empty());
  CHECK(keywords_among({"\\Seen", "$Forwarded", "work"}) == sieve::Flags{"work"});
}

TEST_CASE("names that may stand in a path") {
  for (const auto* name : {"bob", "bob.smith", "b_o-b", "j\u00f6rg", "a+b"}) CHECK(safe_name(name));
  for (const auto* name :
       {"", ".bob", "-f", "a/b", "a..b", "a b", "a@b", "a\"b", "a\\b", "a:b", "\xff", "a\n"})
    CHECK_FALSE(safe_name(name));
  CHECK_FALSE(safe_name(std::string("a\0", 2)));
}

TEST_CASE("templates take only safe values") {
  Account account;
  account.user.name = "bob@example.org";
  account.user.home = "/home/bob";
  account.local = "bob";
  account.domain = "example.org";
  account.detail = "../../etc";
  CHECK(expand("~/Maildir", account) == "/home/bob/Maildir");
  CHECK(expand("/m/{domain}/{local}/{user}", account) == "/m/example.org/bob/bob@example.org");
  CHECK(expand("{home}/x{detail}", account) == "/home/bob/x");
  CHECK(expand("/a/{other}/~", account) == "/a/{other}/~");
}

TEST_CASE("the From_ line cannot be divided") {
  CHECK(mbox_from_line("", 0).substr(0, 20) == "From MAILER-DAEMON  ");
  const auto line = mbox_from_line("a b\r\nFrom x", 0);
  CHECK(line.find('\n') == line.size() - 1);
  CHECK(line.substr(0, 17) == "From a-b--From-x ");
}

TEST_CASE("SHA-256 of FIPS 180-4's examples") {
  CHECK(digest_of("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(digest_of("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  Digest pieces;
  for (int i = 0; i < 1000; ++i) pieces.add(std::string(1000, 'a'));
  CHECK(pieces.finish() == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}
