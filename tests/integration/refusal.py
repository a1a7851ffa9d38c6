#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""reject and ereject over LMTP (RFC 5429): who is told in the reply, who by mail, and with which words."""
import glob
import os
import smtplib
import unittest

import support

PLAIN = b"From: Ben <ben@example.org>\r\nTo: anne@example.org\r\nSubject: hello\r\n\r\nHello\r\n"
AUTOMATIC = b"Auto-Submitted: auto-replied\r\n" + PLAIN
REASON = "Heute nicht: ich bin müde."
GENERAL = b"5.7.1 The recipient does not want this message"


class Refusal(unittest.TestCase):
    def setUp(self):
        self.world = support.World()
        self.addCleanup(self.world.close)
        self.sent = self.world.path("sent")
        sendmail = self.world.path("sendmail")
        with open(sendmail, "w", encoding="ascii") as script:
            script.write(f'#!/bin/sh\necho "$@" >> {self.sent}\ncat >> {self.sent}\n')
        os.chmod(sendmail, 0o755)
        open(self.sent, "wb").close()
        os.chmod(self.sent, 0o666)
        path = self.world.path("lmtp")
        server = support.Server(path, self.world.command("--sendmail=" + sendmail))
        self.addCleanup(server.close)
        self.client = smtplib.LMTP(path)
        self.addCleanup(self.client.close)
        self.client.ehlo("test.example.org")

    def told(self):
        with open(self.sent, encoding="utf-8") as mail:
            return mail.read()

    def reply(self, action, reason, message=PLAIN, sender="ben@example.org", options=()):
        """The reply to a message that the script refuses; nothing is stored whatever it is."""
        self.world.user("anne", f'require "{action}"; {action} "{reason}";')
        self.client.mail(sender, options)
        self.client.rcpt("anne@example.org")
        reply = self.client.data(message)
        self.assertEqual(glob.glob(os.path.join(self.world.home("anne"), "Maildir", "new", "*")), [])
        return reply

    def test_what_the_reply_can_say(self):
        self.assertEqual(self.reply("reject", "Not today."), (550, b"5.7.1 Not today."))
        self.assertEqual(self.told(), "")

    def test_smtputf8_says_it_all(self):
        self.assertEqual(self.reply("reject", REASON, options=["SMTPUTF8"]), (550, b"5.7.1 " + REASON.encode()))
        self.assertEqual(self.told(), "")

    def test_ereject_gives_up_the_words(self):
        self.assertEqual(self.reply("ereject", REASON), (550, GENERAL))
        self.assertEqual(self.told(), "")

    def test_reject_sends_the_words(self):
        self.assertEqual(self.reply("reject", REASON)[0], 250)
        told = self.told()
        self.assertIn("ben@example.org", told.splitlines()[0])
        self.assertIn("-f <>", told.splitlines()[0])
        self.assertIn(REASON, told)
        self.assertIn("automatic-action/MDN-sent-automatically; deleted", told)

    def test_no_mail_to_a_null_sender(self):
        self.assertEqual(self.reply("reject", REASON, sender=""), (550, GENERAL))
        self.assertEqual(self.told(), "")

    def test_no_mail_for_automatic_mail(self):
        self.assertEqual(self.reply("reject", REASON, AUTOMATIC), (550, GENERAL))
        self.assertEqual(self.told(), "")


if __name__ == "__main__":
    support.main()
