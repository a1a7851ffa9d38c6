#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""lastmile --explain-recipient: what a delivery would use."""
import os
import subprocess
import unittest

import support


class ExplainRecipient(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.world = support.World()
        self.addCleanup(self.world.close)

    def explain(self, address, *options):
        done = subprocess.run(self.world.command("--explain-recipient", address, *options), capture_output=True,
                              timeout=20, check=False)
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def test_a_user(self):
        home = self.world.user("alice", "keep;\n")
        site = self.world.path("site.sieve")
        with open(site, "w", encoding="utf-8") as file:
            file.write("keep;\n")
        owner = self.world.owner
        self.assertEqual(self.explain("Alice+Lists@example.org", f"--script-before={site}", "--quota=1M,10messages",
                                      f"--script-after={site}.d"), (0, f"""\
Alice+Lists@example.org
  user        alice, uid {owner.pw_uid}, gid {owner.pw_gid}
  detail      Lists
  home        {home}
  mailbox     maildir:{home}/Maildir, not there yet
  folders     Maildir++, in the mailbox
  before      {site}: runs
  script      {home}/.sieve: runs
  script      {home}/.dovecot.sieve: not used, another is in front of it
  after       {site}.d: not there
  quota       1048576 octets, 10 messages; used 0 octets, 0 messages
  reply       250 2.1.5 Recipient ok
""", ""))

    def test_no_script(self):
        home = self.world.user("alice")
        done = self.explain("alice", "--mail=mbox:~/box", f"--script-default={self.world.path('x')}")
        self.assertEqual(done, (0, f"""\
alice
  user        alice, uid {self.world.owner.pw_uid}, gid {self.world.owner.pw_gid}
  home        {home}
  mailbox     mbox:{home}/box, not there yet
  folders     mbox:{home}/mail
  script      {home}/.sieve: not there
  script      {home}/.dovecot.sieve: not there
  default     {self.world.path('x')}: not there
  quota       none
  reply       250 2.1.5 Recipient ok
""", ""))

    def test_nobody_of_that_name(self):
        self.assertEqual(self.explain("carol@example.org"), (67, """\
carol@example.org
  reply       550 5.1.1 No such user here
""", ""))

    def test_a_full_mailbox(self):
        self.world.user("alice")
        status, out, _ = self.explain("alice", "--quota=1messages", "--quota-full=reject")
        self.assertEqual(status, 0)
        home = self.world.home("alice")
        for name in "", "/cur", "/new", "/tmp":
            os.mkdir(home + "/Maildir" + name)
            self.world.give(home + "/Maildir" + name)
        with open(home + "/Maildir/cur/1.a,S=5:2,", "w", encoding="utf-8") as file:
            file.write("A: b\n")
        status, out, _ = self.explain("alice", "--quota=1messages", "--quota-full=reject")
        self.assertEqual(status, 69)
        self.assertEqual(out.splitlines()[-2:], ["  quota       1 messages; used 5 octets, 1 messages",
                                                 "  reply       552 5.2.2 Mailbox is full"])

    def test_the_reason_of_a_refusal(self):
        with open(self.world.users, "w", encoding="utf-8") as file:
            file.write("root:x:0:0::/root:\n")
        status, out, err = self.explain("root@example.org")
        self.assertEqual((status, out), (75, """\
root@example.org
  reply       451 4.3.5 Mail system is not configured for this recipient
"""))
        self.assertIn("mail is never delivered as root: alias this user to a person", err)


if __name__ == "__main__":
    support.main()
