#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What SpamAssassin marks goes to Junk: by contrib/sieve/spam-to-junk.sieve, and by spamtest of RFC 5235."""
import subprocess

import mailhost
import support

GTUBE = "XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X"
LETTER = "From: Ben <ben@example.com>\nTo: alice@example.org\nSubject: {}\nDate: Sun, 22 Nov 2026 08:00:00 +0000\n" \
         "Message-ID: <20261122080000.{}@mail.example.com>\n\n{}\n"
# Of rspamd 3.4, by "rspamc --mime"; to start it takes a minute, which is too long for a test.
RSPAMD = "X-Spam-Scanner: rspamc 3.4\nX-Spam: yes\nX-Spam-Action: reject\nX-Spam-Score: 15.00 / 15.00\n" \
         "X-Spam-Level: ***************\nX-Spam-Symbols: GTUBE\n"
SPAMTEST = """require ["spamtestplus", "relational", "comparator-i;ascii-numeric", "fileinto", "mailbox"];
if spamtest :percent :value "ge" :comparator "i;ascii-numeric" "90" { fileinto :create "Certain"; }
elsif spamtest :percent :value "lt" :comparator "i;ascii-numeric" "60" { fileinto :create "Clean"; }"""


def setUpModule():
    mailhost.write("/etc/lastmile.conf", "sieve_spamtest_preset = x-spam-status\n")
    mailhost.user("alice", mailhost.read(mailhost.CONTRIB + "/sieve/spam-to-junk.sieve"))
    mailhost.user("ben", SPAMTEST)


class SpamAssassin(mailhost.Pairing):
    def deliver(self, subject, body):
        filtered = subprocess.run(["spamassassin", "--local"], input=LETTER.format(subject, subject, body), text=True,
                                  stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=60, check=True).stdout
        self.assertIn("X-Spam-Status: ", filtered)
        for user in ("alice", "ben"):
            mailhost.run("/usr/local/bin/lastmile", "--deliver", user, "-f", "ben@example.com", input=filtered)

    def test_spam(self):
        self.deliver("spam", GTUBE)
        (junk,) = [each for each in mailhost.mailbox("alice", ".Junk") if "Subject: spam\n" in each]
        self.assertIn("\nX-Spam-Flag: YES\n", junk)
        self.assertTrue(mailhost.run("sh", "-c", "ls /home/alice/Maildir/.Junk/cur").strip().endswith(":2,S"))
        self.assertEqual(len(mailhost.mailbox("ben", ".Certain")), 1)

    def test_ham(self):
        self.deliver("ham", "Shall we walk on Sunday?")
        self.assertEqual(len(mailhost.mailbox("alice")), 1)
        self.assertEqual(len(mailhost.mailbox("ben", ".Clean")), 1)

    def test_what_rspamd_wrote(self):
        mailhost.run("/usr/local/bin/lastmile", "--deliver", "alice", "-f", "ben@example.com",
                     input=RSPAMD + LETTER.format("rspamd", "rspamd", GTUBE))
        self.assertTrue(any("Subject: rspamd\n" in each for each in mailhost.mailbox("alice", ".Junk")))


if __name__ == "__main__":
    mailhost.enter("spam", "spamassassin")
    support.main()
