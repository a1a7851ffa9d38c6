#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""OpenSMTPD with the actions of contrib/opensmtpd."""
import os
import shutil

import mailhost
import support

CONF = "/etc/smtpd.conf"
TCP, SOCKET = ("127.0.0.1", 24), "/run/lastmile/lmtp"
REFUSE = 'require "ereject"; ereject "No thank you, says the script.";'
DETAIL = """require ["envelope", "subaddress", "fileinto", "mailbox", "variables"];
if envelope :detail :matches "to" "?*" { fileinto :create "${1}${2}"; }"""


def setUpModule():
    for name in ("opensmtpd", "opensmtpq"):
        mailhost.service_user(name)
    shutil.chown("/usr/sbin/smtpctl", "root", "opensmtpq")
    os.chmod("/usr/sbin/smtpctl", 0o2755)
    mailhost.write("/etc/aliases", "info: ben\n")
    os.makedirs("/var/lib/opensmtpd/empty", mode=0o711, exist_ok=True)
    for name, script in (("ben", None), ("carl", REFUSE), ("dora", 'redirect "ben@mx.example.org";'),
                         ("emil", DETAIL), ("sender", None), ("locked", None)):
        mailhost.user(name, script)
    os.mkdir("/run/lastmile")
    for address in (TCP, SOCKET):
        support.Server(address, ["/usr/local/bin/lastmile"])
    os.chmod(SOCKET, 0o666)


class OpenSMTPD(mailhost.Pairing):
    """What holds for each of the actions."""
    action = "lastmile"

    @classmethod
    def setUpClass(cls):
        settings = mailhost.read(mailhost.CONTRIB + "/opensmtpd/smtpd.conf")
        mailhost.write(CONF, settings.replace('for local action "lastmile"', f'for local action "{cls.action}"'))
        cls.daemon = mailhost.start("smtpd", "-d")
        mailhost.listening(25)

    @classmethod
    def tearDownClass(cls):
        cls.daemon.terminate()
        cls.daemon.wait(timeout=30)

    def send(self, subject, *users, **options):
        mailhost.send(f"{subject}-{self.action}", [user + "@mx.example.org" for user in users], "sender@mx.example.org",
                      **options)

    def arrived(self, user, subject, folder=""):
        return mailhost.arrived(user, f"Subject: {subject}-{self.action}\n", folder)

    def test_trace_fields_and_octets(self):
        self.send("trace", "ben", text=mailhost.MESSAGE + ".\r\n.dot\r\nFrom me\r\n\r\n" + "x" * 900 + "\r\n")
        message = self.arrived("ben", "trace")
        self.assertEqual(message.count("Return-Path: <sender@mx.example.org>\n"), 1, message)
        self.assertIn("\nDelivered-To: ben@mx.example.org\n", message)
        self.assertTrue(message.endswith("\n\nHello.\n.\n.dot\nFrom me\n\n" + "x" * 900 + "\n"), message)

    def test_refusal(self):
        self.send("refused", "carl")
        self.assertIn("No thank you, says the script.", mailhost.arrived("sender", "refused-" + self.action))

    def test_a_full_home(self):
        os.chmod("/home/locked", 0o500)
        self.send("waits", "locked")
        self.assertTrue(mailhost.logged(r"result=\"?TempFail"))
        os.chmod("/home/locked", 0o700)
        mailhost.run("smtpctl", "schedule", "all")
        self.assertTrue(self.arrived("locked", "waits"))

    def test_many_recipients(self):
        self.send("many", "ben", "emil", "sender")
        for user in ("ben", "emil", "sender"):
            self.assertTrue(self.arrived(user, "many"))
            self.assertEqual(sum(f"many-{self.action}\n" in each for each in mailhost.mailbox(user)), 1)

    def test_plus_address(self):
        self.send("plus", "emil+walks")
        self.assertTrue(self.arrived("emil", "plus", ".walks"))

    def test_null_sender(self):
        text = mailhost.MESSAGE.format(sender="x@example.org", subject="null-" + self.action)
        with mailhost.smtplib.SMTP("127.0.0.1", 25, timeout=30) as client:
            client.sendmail("", "ben@mx.example.org", text)
        self.assertIn("Return-Path: <>\n", self.arrived("ben", "null"))

    def test_redirect(self):
        self.send("redirected", "dora")
        self.assertIn("Return-Path: <sender@mx.example.org>\n", self.arrived("ben", "redirected"))


class Socket(OpenSMTPD):
    action = "lastmile_socket"

    def test_refusal(self):
        self.send("refused", "carl")  # only OpenSMTPD 7.7 takes it for final
        self.assertTrue(mailhost.logged(r"LMTP server error: 550 5\.7\.1 No thank you, says the script"))


class Relay(OpenSMTPD):
    action = "lastmile_relay"


if __name__ == "__main__":
    mailhost.enter("opensmtpd", "smtpd", "smtpctl")
    support.main()
