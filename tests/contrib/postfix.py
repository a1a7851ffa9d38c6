#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Postfix, set up by the very commands of README.md and with the files of contrib/postfix; then with lastmile as the
mailbox_command and behind the mailbox_transport of the system's users."""
import os
import re
import shutil
import smtplib
import subprocess

import mailhost
import support

SOCKET = "/run/lastmile/lmtp"
REFUSE = 'require "ereject"; ereject "No thank you, says the script.";'
LISTS = 'require ["fileinto", "mailbox"]; if header :contains "List-Id" "walks" { fileinto :create "Lists/walks"; }'
# What Debian's Postfix has before anything is configured, as far as a host without network needs it.
MAIN_CF = """\
compatibility_level = 3.6
myhostname = mx.example.org
mydestination = mx.example.org
alias_maps =
alias_database =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
disable_dns_lookups = yes
maillog_file = /var/log/postfix.log
smtputf8_enable = yes
minimal_backoff_time = 1s
queue_run_delay = 1s
address_verify_poll_delay = 1s
"""


def setUpModule():
    for path in ("/var/spool/postfix", "/var/lib/postfix"):
        for name in os.listdir(path):
            if name not in ("etc", "lib", "usr", "dev"):
                shutil.rmtree(os.path.join(path, name), ignore_errors=True)
    mailhost.write("/etc/postfix/main.cf", MAIN_CF)
    shutil.copy("/usr/share/postfix/master.cf.dist", "/etc/postfix/master.cf")
    mailhost.run("postfix", "start")
    mailhost.run("sh", "-e", "-c", mailhost.readme("Behind Postfix"))
    for name, script in (("alice", LISTS), ("carl", REFUSE), ("dora", 'redirect "ben@mx.example.org";'), ("ben", None)):
        mailhost.user(name, script)
    os.mkdir("/run/lastmile")
    support.Server(SOCKET, ["/usr/local/bin/lastmile", "-c", "/dev/null"])
    os.chmod(SOCKET, 0o666)
    mailhost.listening(25)


def set_to(**settings):
    mailhost.run("postconf", "-e", *[f"{name}={value}" for name, value in settings.items()])
    mailhost.run("postfix", "reload")
    mailhost.eventually(lambda: False, seconds=1)  # smtpd and local that ran before have gone


class Postfix(mailhost.Pairing):
    def setUp(self):
        mailhost.records.clear()

    def tearDown(self):
        mailhost.records.append(mailhost.read("/var/log/postfix.log"))
        super().tearDown()

    def logged(self, pattern):
        return mailhost.eventually(lambda: re.search(pattern, mailhost.read("/var/log/postfix.log")))


class Virtual(Postfix):
    """As README.md has it: users are directories of the mail user."""
    BASE = "/srv/mail/example.org/anne/Maildir"

    def test_delivery(self):
        mailhost.send("virtual", ["anne+walks@example.org"])
        message = mailhost.arrived("anne", "Subject: virtual\n", base=self.BASE)
        self.assertIn("Delivered-To: anne+walks@example.org\n", message)

    def test_verification(self):
        """With the main.cf of contrib who is unknown to lastmile is refused while the sender is there."""
        conf = mailhost.read(mailhost.CONTRIB + "/postfix/main.cf")
        set_to(mynetworks="192.0.2.0/24", **dict(line.split(" = ") if " = " in line else (line.split(" =")[0], "")
                                                 for line in conf.splitlines() if line and not line.startswith("#")))
        mailhost.send("verified", ["anne@example.org"])
        self.assertTrue(mailhost.arrived("anne", "Subject: verified\n", base=self.BASE))
        with self.assertRaises(smtplib.SMTPRecipientsRefused) as caught:
            mailhost.send("unknown", ["nemo@example.org"])
        self.assertEqual(caught.exception.recipients["nemo@example.org"][0], 550)
        self.assertEqual(len([each for each in mailhost.mailbox("", base=self.BASE) if "verified" in each]), 1)


class Local:
    """What holds for the system's users, each as himself."""

    def send(self, subject, *users, **options):
        mailhost.send(f"{subject}-{type(self).__name__}", [user + "@mx.example.org" for user in users],
                      "ben@mx.example.org", **options)

    def arrived(self, user, subject, folder=""):
        return mailhost.arrived(user, f"Subject: {subject}-{type(self).__name__}\n", folder)

    def test_delivery(self):
        self.send("plain", "alice", text=mailhost.MESSAGE + ".\r\nFrom me\r\n")
        message = self.arrived("alice", "plain")
        self.assertTrue(message.startswith("Return-Path: <ben@mx.example.org>\n"), message)
        self.assertTrue(message.endswith("\n\nHello.\n.\nFrom me\n"), message)
        self.assertEqual(os.stat("/home/alice/Maildir").st_uid, os.stat("/home/alice").st_uid)

    def test_script(self):
        self.send("list", "alice", text="List-Id: <walks.example.org>\r\n" + mailhost.MESSAGE)
        self.assertTrue(self.arrived("alice", "list", ".Lists.walks"))

    def test_refusal(self):
        self.send("refused", "carl")
        bounce = mailhost.arrived("ben", "refused-" + type(self).__name__)
        self.assertIn("No thank you, says the script.", bounce)

    def test_redirect(self):
        self.send("redirected", "dora")
        self.assertIn("Return-Path: <ben@mx.example.org>\n", self.arrived("ben", "redirected"))

    def test_many_recipients(self):
        self.send("many", "alice", "ben")
        for user in ("alice", "ben"):
            self.assertTrue(self.arrived(user, "many"))

    def test_failure(self):
        os.chmod("/home/alice/Maildir/tmp", 0o500)
        self.send("waits", "alice")
        self.assertTrue(self.logged(r"to=<alice@.*dsn=4\.[23]\.0, status=deferred"))
        os.chmod("/home/alice/Maildir/tmp", 0o700)
        mailhost.run("postfix", "flush")
        self.assertTrue(self.arrived("alice", "waits"))


class MailboxCommand(Local, Postfix):
    @classmethod
    def setUpClass(cls):
        set_to(mailbox_command='/usr/local/bin/lastmile -c /dev/null --deliver "$USER" -f "$SENDER"', recipient_delimiter="+")


class MailboxTransport(Local, Postfix):
    @classmethod
    def setUpClass(cls):
        mailhost.run("postconf", "-F", "lmtp/unix/chroot=n")
        set_to(mailbox_transport="lmtp:unix:" + SOCKET, mailbox_command="", recipient_delimiter="+")

    def test_several_in_one_connection(self):
        senders = [subprocess.Popen(["sendmail", "-f", "ben@mx.example.org", "alice"], stdin=subprocess.PIPE)
                   for _ in range(12)]
        for number, sender in enumerate(senders):
            sender.communicate(f"Subject: cached-{number}\n\nx\n".encode())
        for number in range(12):
            self.assertTrue(mailhost.arrived("alice", f"Subject: cached-{number}\n"))
        self.assertTrue(self.logged("conn_use=2"))


if __name__ == "__main__":
    mailhost.enter("", "postfix", "postconf")
    support.main()
