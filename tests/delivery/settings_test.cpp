// SPDX-License-Identifier: MIT
#include "delivery/settings.h"
#include "support/catch.h"

using namespace delivery;

TEST_CASE("mail locations have a kind and an absolute path") {
  CHECK(parse_mail_location("maildir:~/Maildir").path == "~/Maildir");
  CHECK(parse_mail_location("mbox:/var/mail/{user}").kind == StoreKind::mbox);
  CHECK(parse_mail_location("maildir:~/Maildir:utf-8").utf8_names);
  for (const auto* wrong : {"", "~/Maildir", "maildir:", "maildir:Mail", "mh:~/Mail"})
    CHECK_THROWS_AS(parse_mail_location(wrong), std::invalid_argument);
}

TEST_CASE("quotas limit octets and messages") {
  const auto quota = parse_quota("1G,100000messages");
  CHECK(quota.storage == 1ull << 30);
  CHECK(quota.messages == 100000);
  CHECK_FALSE(parse_quota("none").limited());
  CHECK(parse_quota("500M").messages == 0);
  for (const auto* wrong : {"", "0", "1X", "1G,2G", "99999999999999T", "-1"})
    CHECK_THROWS_AS(parse_quota(wrong), std::invalid_argument);
}

TEST_CASE("users, locks, durations and words") {
  CHECK(parse_users("passwd:/etc/users").argument == "/etc/users");
  CHECK(parse_users("dir:/var/vmail/{domain}/{local}").kind == UsersKind::directory);
  CHECK_THROWS_AS(parse_users("dir:/var/vmail"), std::invalid_argument);
  CHECK_THROWS_AS(parse_users("ldap:x"), std::invalid_argument);
  CHECK(parse_mbox_locks("dotlock, fcntl")[0] == base::LockMethod::dotlock);
  CHECK_THROWS_AS(parse_mbox_locks("fcntl,fcntl"), std::invalid_argument);
  CHECK_THROWS_AS(parse_mbox_locks(""), std::invalid_argument);
  CHECK(parse_duration("5m") == std::chrono::seconds(300));
  CHECK_THROWS_AS(parse_duration("5x"), std::invalid_argument);
  CHECK(parse_size("50M") == 50ull << 20);
  CHECK(parse_quota_full("Reject") == QuotaFull::reject);
  CHECK(parse_redirect_sender("bounce@example.org").address.domain == "example.org");
  CHECK_THROWS_AS(parse_redirect_sender("nobody"), std::invalid_argument);
}
