#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""fetchmail and getmail fetch mail from an IMAP server and hand it to lastmile --deliver, as contrib says."""
import os

import dovecot
import mailhost
import support

LETTER = b"Return-Path: <%s>\r\nDelivered-To: anne@example.org\r\nReceived: from x\r\n\tby y; z\r\n" \
         b"From: Ben <ben@example.org>\r\nSubject: %s\r\n\r\nFrom here on\r\n.\r\n"
SCRIPT = 'require ["fileinto", "mailbox"]; if header :is "Subject" "walk" { fileinto :create "Walks"; }'


def setUpModule():
    mailhost.user("anne", SCRIPT)
    mailhost.write("/etc/hosts", "127.0.0.1 mail.example.org\n", append=True)
    mailhost.run("install", "-d", "-o", "anne", "/srv/imap")
    dovecot.start("maildir:/srv/imap")


class Fetchers(mailhost.Pairing):
    def fetch(self, *command, ending=0):
        """What the server has afterwards."""
        done = mailhost.subprocess.run(["su", "-", "anne", "-c", " ".join(command)], capture_output=True, text=True,
                                       timeout=60)
        mailhost.records.append(done.stdout + done.stderr)
        self.assertEqual(done.returncode, ending, done.stdout + done.stderr)
        client = dovecot.imap("anne")
        return int(client.select("INBOX")[1][0])

    def put(self, *subjects, sender=b"ben@example.org"):
        client = dovecot.imap("anne")
        for subject in subjects:
            client.append("INBOX", None, None, LETTER % (sender, subject.encode()))

    def try_it(self, name, *command, failing):
        self.put(name, "walk", "last")
        self.put(name + "-null", sender=b"")
        self.assertEqual(self.fetch(*command), 0)
        message = mailhost.arrived("anne", f"Subject: {name}\n")
        self.assertEqual(message.count("Return-Path: <ben@example.org>\n"), 1)
        self.assertTrue(message.endswith("\n\nFrom here on\n.\n"), message)
        self.assertTrue(mailhost.arrived("anne", "Subject: walk\n", ".Walks"))
        self.assertIn("Return-Path: <>\n", mailhost.arrived("anne", f"Subject: {name}-null\n"))
        os.chmod("/home/anne/Maildir/tmp", 0o500)
        self.put(name + "-waits")
        self.assertEqual(self.fetch(*command, ending=failing), 1)
        os.chmod("/home/anne/Maildir/tmp", 0o700)
        self.assertEqual(self.fetch(*command), 0)
        self.assertTrue(mailhost.arrived("anne", f"Subject: {name}-waits\n"))
        self.assertEqual(sum(f"Subject: {name}" in each for each in mailhost.mailbox("anne")), 3)

    def test_fetchmail(self):
        settings = mailhost.read(mailhost.CONTRIB + "/fetchmail/fetchmailrc")
        mailhost.write("/home/anne/.fetchmailrc", settings.replace(" ssl\n", " sslproto ''\n"), 0o600)
        mailhost.write("/home/anne/.netrc", "machine mail.example.org login anne password secret\n", 0o600)
        mailhost.run("chown", "-R", "anne:", "/home/anne")
        self.try_it("fetchmail", "fetchmail", failing=0)

    def test_getmail(self):
        settings = mailhost.read(mailhost.CONTRIB + "/getmail/getmailrc")
        mailhost.write("/home/anne/.config/getmail/getmailrc", settings.replace("IMAPSSL", "IMAP"))
        mailhost.run("chown", "-R", "anne:", "/home/anne")
        self.try_it("getmail", "getmail", failing=127)


if __name__ == "__main__":
    mailhost.enter("clients dovecot", "fetchmail", "getmail", "dovecot")
    support.main()
