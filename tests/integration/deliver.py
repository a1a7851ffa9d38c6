#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""lastmile --deliver: a message on standard input, a status of sysexits.h, the reason on standard error."""
import glob
import os
import subprocess
import unittest

import support

MESSAGE = b"From: Ben <ben@example.org>\nSubject: hello\n\nFrom here to there.\n"


class Deliver(unittest.TestCase):
    def setUp(self):
        self.world = support.World()
        self.addCleanup(self.world.close)

    def deliver(self, message, *options, user="anne"):
        return subprocess.run(self.world.command("--deliver", user, *options), input=message, capture_output=True,
                              timeout=30)

    def stored(self, user="anne"):
        files = glob.glob(os.path.join(self.world.home(user), "Maildir", "new", "*"))
        contents = []
        for name in sorted(files):
            with open(name, "rb") as file:
                contents.append(file.read())
        return contents

    def test_delivered(self):
        self.world.user("anne")
        done = self.deliver(MESSAGE, "-f", "ben@example.org")
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, b"", b""))
        (stored,) = self.stored()
        self.assertTrue(stored.endswith(MESSAGE))
        self.assertIn(b"Return-Path: <ben@example.org>\n", stored)

    def test_an_address_will_do(self):
        self.world.user("anne")
        self.assertEqual(self.deliver(MESSAGE, user="anne@example.org").returncode, 0)
        self.assertEqual(len(self.stored()), 1)

    def test_from_line_names_the_sender_and_goes(self):
        self.world.user("anne")
        self.assertEqual(self.deliver(b"From carl@example.org Mon Nov  2 09:15:00 2026\n" + MESSAGE).returncode, 0)
        (stored,) = self.stored()
        self.assertIn(b"Return-Path: <carl@example.org>\n", stored)
        self.assertNotIn(b"From carl", stored)

    def test_return_path_names_the_sender(self):
        self.world.user("anne")
        self.assertEqual(self.deliver(b"Return-Path: <dora@example.org>\n" + MESSAGE).returncode, 0)
        (stored,) = self.stored()
        self.assertEqual(stored.count(b"Return-Path: <dora@example.org>\n"), 1)

    def test_crlf_is_stored_as_lf(self):
        self.world.user("anne")
        self.assertEqual(self.deliver(MESSAGE.replace(b"\n", b"\r\n")).returncode, 0)
        self.assertTrue(self.stored()[0].endswith(MESSAGE))

    def test_large_message(self):
        self.world.user("anne")
        large = MESSAGE + b"A line of some length, over and over again.\n" * 50000
        self.assertEqual(self.deliver(large).returncode, 0)
        self.assertTrue(self.stored()[0].endswith(large))

    def test_a_part_of_a_maildir_is_completed(self):
        """As `mkdir Maildir` leaves it, or a process that was killed while it made one."""
        for parts in (), ("tmp",), ("tmp", "cur"), ("new",):
            with self.subTest(parts):
                user = "anne" + str(len(parts)) + "".join(parts)
                self.world.user(user)
                for path in ("", *parts):
                    path = os.path.join(self.world.home(user), "Maildir", path)
                    os.makedirs(path)
                    self.world.give(path)
                done = self.deliver(MESSAGE, user=user)
                self.assertEqual((done.returncode, done.stderr), (0, b""))
                self.assertEqual(len(self.stored(user)), 1)

    def test_no_such_user(self):
        done = self.deliver(MESSAGE, user="nemo")
        self.assertEqual(done.returncode, 67)
        self.assertIn(b"5.1.1", done.stderr)

    def test_unwritable(self):
        home = self.world.user("anne")
        open(os.path.join(home, "Maildir"), "wb").close()
        self.assertEqual(self.deliver(MESSAGE).returncode, 75)

    def test_rejected(self):
        self.world.user("anne", 'require "ereject"; ereject "Go away, please.";')
        done = self.deliver(MESSAGE, "-f", "ben@example.org", "--sendmail=/nonexistent")
        self.assertEqual(done.returncode, 77)
        self.assertIn(b"Go away, please.", done.stderr)
        self.assertEqual(self.stored(), [])

    def test_rejected_by_mail(self):
        sent = os.path.join(self.world.root, "sent")
        sendmail = os.path.join(self.world.root, "sendmail")
        with open(sendmail, "w", encoding="ascii") as script:
            script.write(f'#!/bin/sh\necho "$@" > {sent}\ncat >> {sent}\n')
        os.chmod(sendmail, 0o755)
        open(sent, "wb").close()
        os.chmod(sent, 0o666)
        self.world.user("anne", 'require "reject"; reject "Go away, please.";')
        done = self.deliver(MESSAGE, "-f", "ben@example.org", "--sendmail=" + sendmail)
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        self.assertEqual(self.stored(), [])
        with open(sent, encoding="ascii") as mail:
            told = mail.read()
        self.assertIn("ben@example.org", told.splitlines()[0])
        self.assertIn("Go away, please.", told)
        self.assertIn("automatic-action/MDN-sent-automatically; deleted", told)

    def test_rejected_without_sender(self):
        self.world.user("anne", 'require "reject"; reject "Go away, please.";')
        self.assertEqual(self.deliver(MESSAGE, "-f", "").returncode, 0)
        self.assertEqual(len(self.stored()), 1)

    def test_too_large(self):
        self.world.user("anne")
        self.assertEqual(self.deliver(MESSAGE + b"x" * 5000, "--size-limit=1K").returncode, 69)

    def test_wrong_settings(self):
        done = self.deliver(MESSAGE, "--jobz=1")
        self.assertEqual((done.returncode, done.stdout), (75, b""))
        self.assertIn(b"jobz", done.stderr)

    def test_settings_that_the_machine_cannot_follow(self):
        done = self.deliver(MESSAGE, "--mail-group=there-is-no-such-group")
        self.assertEqual((done.returncode, done.stdout), (75, b""))
        self.assertIn(b"there-is-no-such-group", done.stderr)

    def test_a_broken_script_keeps(self):
        self.world.user("anne", "this is no script")
        self.assertEqual(self.deliver(MESSAGE).returncode, 0)
        self.assertEqual(len(self.stored()), 1)


if __name__ == "__main__":
    support.main()
