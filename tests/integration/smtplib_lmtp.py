#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""An independent client and independent readers: smtplib.LMTP hands mail in, mailbox reads Maildir and mbox, and what
is read is what was sent, octet for octet."""
import mailbox
import os
import re
import smtplib
import unittest

import support

PLAIN = (b"From: Ben <ben@example.org>\r\nTo: anne@example.org\r\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\n"
         b"Message-ID: <1@example.org>\r\n\r\nHello\r\n")
HARD = (b"From: Ben <ben@example.org>\r\nTo: anne@example.org\r\nSubject: all that is hard\r\n\r\n"
        b".\r\n..\r\n.dot\r\nFrom here on\r\n>From there\r\n>>From\r\n\r\nFrom \r\nno.t a dot\r\n"
        + bytes(range(128, 256)) + b"\r\n" + b"x" * 5000 + b"\r\n \t\r\n\r\n")


class Delivery(unittest.TestCase):
    mail = "maildir:~/Maildir"

    def setUp(self):
        self.world = support.World()
        self.addCleanup(self.world.close)
        self.server = None

    def client(self, *options):
        path = self.world.path("lmtp")
        self.server = support.Server(path, self.world.command(f"--mail={self.mail}", *options))
        self.addCleanup(self.server.close)
        client = smtplib.LMTP(path)
        client.ehlo("test.example.org")  # LMTP says LHLO
        return client

    def stored(self, user):
        """The octets of each message in the inbox, in the order of delivery."""
        maildir = mailbox.Maildir(os.path.join(self.world.home(user), "Maildir"), create=False)
        return [maildir.get_bytes(key) for key in sorted(maildir.keys())]

    def content(self, octets):
        """Without the trace fields that delivery put in front."""
        own = rb"(?:(?:Return-Path|Delivered-To|X-Original-To|Received):[^\n]*\n(?:[ \t][^\n]*\n)*)+"
        return re.sub(rb"\A" + own, b"", octets)

    def sent(self, octets):
        return octets.replace(b"\r\n", b"\n")

    def test_octets(self):
        self.world.user("anne")
        client = self.client()
        for message in (PLAIN, HARD):
            self.assertEqual(client.sendmail("ben@example.org", "anne@example.org", message), {})
        client.quit()
        self.assertEqual([self.content(each) for each in self.stored("anne")], [self.sent(PLAIN), self.sent(HARD)])

    def test_trace_fields(self):
        self.world.user("anne")
        client = self.client()
        client.sendmail("ben@example.org", "anne@example.org", PLAIN)
        client.quit()
        head = self.stored("anne")[0]
        self.assertIn(b"Return-Path: <ben@example.org>\n", head)
        self.assertIn(b"Delivered-To: anne@example.org\n", head)
        self.assertRegex(head, rb"Received: from test\.example\.org[\s\S]* with LMTP")

    def test_unknown_recipient(self):
        self.world.user("anne")
        client = self.client()
        refused = client.sendmail("ben@example.org", ["anne@example.org", "nemo@example.org"], PLAIN)
        self.assertEqual(list(refused), ["nemo@example.org"])
        self.assertEqual(refused["nemo@example.org"][0], 550)
        self.assertIn(b"5.1.1", refused["nemo@example.org"][1])
        client.quit()
        self.assertEqual(len(self.stored("anne")), 1)

    def test_many_transactions(self):
        self.world.user("anne")
        client = self.client()
        for number in range(20):
            client.sendmail("ben@example.org", "anne@example.org", PLAIN.replace(b"Hello", b"%d" % number))
            client.rset()
        client.quit()
        self.assertEqual({self.content(each).split(b"\n\n")[1] for each in self.stored("anne")},
                         {b"%d\n" % number for number in range(20)})

    def test_large_message(self):
        self.world.user("anne")
        large = PLAIN + b"A line of the usual length, again and again and again, to the end.\r\n" * 100000
        client = self.client()
        client.sendmail("ben@example.org", "anne@example.org", large)
        client.quit()
        self.assertEqual(self.content(self.stored("anne")[0]), self.sent(large))

    def test_too_large(self):
        self.world.user("anne")
        client = self.client("--size-limit=10K")
        with self.assertRaises(smtplib.SMTPResponseException) as caught:
            client.sendmail("ben@example.org", "anne@example.org", PLAIN + b"x" * 20000 + b"\r\n")
        self.assertEqual(caught.exception.smtp_code, 552)
        client.rset()
        client.sendmail("ben@example.org", "anne@example.org", PLAIN)
        client.quit()
        self.assertEqual(len(self.stored("anne")), 1)

    def test_script(self):
        self.world.user("anne", 'require "reject"; if size :over 1K { reject "Too much."; }')
        client = self.client()
        client.sendmail("ben@example.org", "anne@example.org", PLAIN)
        with self.assertRaises(smtplib.SMTPDataError) as caught:
            client.sendmail("ben@example.org", "anne@example.org", HARD)
        self.assertEqual(caught.exception.smtp_code, 550)
        self.assertIn(b"Too much.", caught.exception.smtp_error)
        client.close()
        self.assertEqual(len(self.stored("anne")), 1)


class Mbox(Delivery):
    mail = "mbox:~/mbox"

    def stored(self, user):
        """mailbox.mbox does not undo the quoting of From_ lines; that of mboxrd can be undone."""
        box = mailbox.mbox(os.path.join(self.world.home(user), "mbox"), create=False)
        octets = [re.sub(rb"^>(>*From )", rb"\1", box.get_bytes(key), flags=re.M) for key in box.keys()]
        box.close()
        return octets


class Folders(unittest.TestCase):
    def test_maildir_folder_and_flags(self):
        world = support.World()
        self.addCleanup(world.close)
        home = world.user("anne", 'require ["fileinto", "mailbox", "imap4flags"];'
                          'fileinto :create :flags ["\\\\Seen", "\\\\Flagged"] "Lists/walks";')
        server = support.Server(world.path("lmtp"), world.command())
        self.addCleanup(server.close)
        with smtplib.LMTP(world.path("lmtp")) as client:
            client.ehlo("test.example.org")  # LMTP says LHLO
            client.sendmail("ben@example.org", "anne@example.org", PLAIN)
        folder = mailbox.Maildir(os.path.join(home, "Maildir"), create=False).get_folder("Lists.walks")
        (message,) = list(folder)
        self.assertEqual((message.get_subdir(), message.get_flags()), ("cur", "FS"))
        (name,) = os.listdir(os.path.join(home, "Maildir", ".Lists.walks", "cur"))
        size = os.path.getsize(os.path.join(home, "Maildir", ".Lists.walks", "cur", name))
        self.assertIn(f",S={size},", name)


if __name__ == "__main__":
    support.main()
