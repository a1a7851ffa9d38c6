#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What a sender writes and a script passes on: it must stay a value, in the mailbox, the mail that is sent, the log and
the replies. And libmagic under confinement, which reads what senders sent."""
import glob
import os
import subprocess
import unittest

import support

SCRIPT = """require ["variables", "encoded-character", "editheader", "vacation", "reject", "fileinto", "mailbox", "envelope"];
set "evil" "x${hex:0d 0a}X-Evil: yes${hex:0d 0a 0d 0a}From evil";
"""


class Injection(unittest.TestCase):
    def setUp(self):
        self.world = support.World()
        self.addCleanup(self.world.close)
        self.sent = self.world.path("sent")
        os.mkdir(self.sent)
        os.chmod(self.sent, 0o777)
        self.sendmail = self.world.path("sendmail")
        with open(self.sendmail, "w", encoding="ascii") as script:
            script.write(f'#!/bin/sh\n{{ printf "<%s>" "$@"; echo; cat; }} > {self.sent}/$$\n')
        os.chmod(self.sendmail, 0o755)

    def deliver(self, script, message=b"Subject: hello\r\n\r\nA body.\r\n", sender=b"ben@example.org", options=()):
        home = self.world.home("anne")
        if not os.path.isdir(home):
            self.world.user("anne", script)
        said = b"LHLO x\r\nMAIL FROM:<" + sender + b">\r\nRCPT TO:<anne@example.org>\r\nDATA\r\n" + message + b".\r\nQUIT\r\n"
        done = subprocess.run(self.world.command("--log=stderr", "--sendmail=" + self.sendmail, *options), input=said,
                              capture_output=True, timeout=60)
        self.assertEqual(done.returncode, 0)
        for line in done.stderr.split(b"\n"):
            self.assertTrue(line == b"" or line.startswith(b"lastmile["), line)
            self.assertNotRegex(line, rb"[\x00-\x1f\x7f]")
        for line in done.stdout.split(b"\r\n"):
            self.assertRegex(line, rb"\A([2345]\d\d[ -][ -~\x80-\xff]*)?\Z")
        self.log = done.stderr
        return done.stdout.split(b"\r\n")[-3]

    def stored(self):
        found = []
        for path in glob.glob(os.path.join(self.world.home("anne"), "Maildir", "**", "[0-9]*"), recursive=True):
            with open(path, "rb") as file:
                found.append(file.read())
        return found

    def mails(self):
        found = []
        for path in glob.glob(os.path.join(self.sent, "*")):
            with open(path, "rb") as file:
                found.append(file.read())
        return found

    def assert_clean(self, mails):
        for mail in mails:
            header = mail.replace(b"\r\n", b"\n").split(b"\n\n")[0]
            for line in header.split(b"\n"):
                self.assertFalse(line.startswith(b"X-Evil"), header)
                self.assertFalse(line.startswith(b"From evil"), header)

    def test_addheader(self):
        self.deliver(SCRIPT + 'addheader "X-Own" "${evil}"; keep;')
        self.assertEqual(len(self.stored()), 1)
        self.assert_clean(self.stored())

    def test_vacation(self):
        self.deliver(SCRIPT + 'vacation :subject "${evil}" :from "anne@example.org" :addresses "anne@example.org" "away";',
                     message=b"To: anne@example.org\r\nSubject: x\r\n\r\n\r\n")
        self.assertEqual((len(self.stored()), len(self.mails())), (1, 1))
        self.assert_clean(self.mails())

    def test_vacation_from(self):
        self.deliver(SCRIPT + 'vacation :from "anne@example.org${evil}" :addresses "anne@example.org" "away";',
                     message=b"To: anne@example.org\r\nSubject: x\r\n\r\n\r\n")
        self.assertEqual(len(self.stored()), 1)
        self.assert_clean(self.mails())

    def test_redirect(self):
        self.deliver(SCRIPT + 'redirect "ben@example.org${evil}";')
        self.assertEqual((len(self.stored()), self.mails()), (1, []))

    def test_redirect_to_an_option(self):
        self.deliver(SCRIPT + 'set "to" "-C/tmp/x@example.org"; redirect "${to}";')
        for mail in self.mails():
            arguments = mail.split(b"\n")[0]
            self.assertIn(b"<-->", arguments.split(b"<-C")[0])

    def test_reject(self):
        reply = self.deliver(SCRIPT + 'reject "${evil}";')
        self.assertRegex(reply, rb"\A55\d[ -]")
        self.assertEqual(self.stored(), [])

    def test_fileinto(self):
        self.world.user("anne", "")
        for name in ("../../outside", "/etc/x", "a/../../b", "..", "a${hex:00}b", "a${hex:0a}b", "~/x"):
            with self.subTest(name):
                with open(os.path.join(self.world.home("anne"), ".sieve"), "w", encoding="utf-8") as file:
                    file.write(SCRIPT + f'fileinto :create "{name}";')
                before = {path for path, _, _ in os.walk(self.world.root)}
                own = tuple(os.path.join(self.world.home("anne"), name) for name in ("Maildir", ".lastmile"))
                self.assertTrue(self.deliver("").startswith(b"250 "))
                for path in {path for path, _, _ in os.walk(self.world.root)} - before:
                    self.assertTrue(path.startswith(own), path)
                    self.assertNotIn("\n", path)
        self.assertEqual(len(self.stored()), 7)

    def test_fileinto_what_the_sender_wrote(self):
        reply = self.deliver(SCRIPT + 'if header :matches "Subject" "[*]*" { fileinto :create "${1}"; }',
                             message=b"Subject: [../../../outside] x\r\n\r\n\r\n")
        self.assertTrue(reply.startswith(b"250 "))
        self.assertEqual(len(self.stored()), 1)
        self.assertFalse(os.path.exists(self.world.path("outside")))

    def test_the_envelope_in_an_mbox(self):
        home = self.world.user("anne", "keep;")
        for sender in (b'"a b\tc"@example.org', b'"a\\\rb"@example.org', b'"x\nFrom evil"@example.org', b"a\x00b@example.org",
                       b'"\x1b[2J"@example.org'):
            self.deliver("", sender=sender, options=("--mail=mbox:~/mbox",))
        if os.path.exists(os.path.join(home, "mbox")):
            with open(os.path.join(home, "mbox"), "rb") as file:
                text = file.read()
            for line in text.split(b"\n"):
                if line.startswith(b"From "):
                    self.assertRegex(line, rb"\AFrom [!-~]+  \w{3} \w{3} .\d \d\d:\d\d:\d\d \d{4}\Z")
            self.assertNotIn(b"\nFrom evil", text)

    def test_control_characters_in_the_log(self):
        self.deliver(SCRIPT + 'error here;', message=b"Message-ID: <a\x1b]0;x\x07\x00@b>\r\nSubject: \x1b[2J\r\n\r\n\r\n")
        self.assertEqual(len(self.stored()), 1)

    def test_libmagic_under_confinement(self):
        home = self.world.user("anne", 'require ["vnd.lastmile.magic", "fileinto", "mailbox"];'
                                       'if magic :is "application/pdf" { fileinto :create "Papers"; }')
        self.deliver("", message=b"MIME-Version: 1.0\r\nContent-Type: application/octet-stream\r\n"
                                 b"Content-Transfer-Encoding: base64\r\n\r\n"
                                 b"JVBERi0xLjQKMSAwIG9iago8PD4+CmVuZG9iagp0cmFpbGVyCjw8Pj4KJSVFT0YK\r\n")
        if b"vnd.lastmile.magic" in self.log:
            self.skipTest("built without libmagic")
        self.assertEqual(len(glob.glob(os.path.join(home, "Maildir", ".Papers", "new", "*"))), 1)


if __name__ == "__main__":
    support.main()
